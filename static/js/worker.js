/* When a page cannot be reached, this shows one that is kept on the phone: what is safe, what is not, whom to call. It
   keeps nothing of anybody. The service puts before this file: KEPT, the name of what is kept, and PAGES, the kept addresses by language. */
(function (scope) {
  'use strict';
  /* Only the reader's own language: each page costs them bytes. */
  var pages = PAGES[new URL(scope.location.href).searchParams.get('in')] || PAGES[Object.keys(PAGES)[0]];

  scope.addEventListener('install', function (event) {
    /* Only pages have to pass here: where the browser can be told so, everything else goes its way without waking
       this. */
    if (event.addRoutes) {
      event.addRoutes(['same-origin', 'cors', 'no-cors'].map(function (mode) {
        return { condition: { requestMode: mode }, source: 'network' };
      })).catch(function () {});
    }
    event.waitUntil(caches.open(KEPT).then(function (cache) {
      /* Without cookies: nobody's page. */
      return cache.addAll(pages.map(function (address) {
        return new Request(address, { credentials: 'omit', cache: 'reload' });
      }));
    }).then(function () { return scope.skipWaiting(); }));
  });

  scope.addEventListener('activate', function (event) {
    event.waitUntil(caches.keys().then(function (names) {
      var old = names.filter(function (name) { return name !== KEPT; });
      return Promise.all(old.map(function (name) { return caches.delete(name); }));
    }).then(function () {
      /* The page is asked for while this wakes up: on a slow phone that takes longer than the answer. */
      return scope.registration.navigationPreload && scope.registration.navigationPreload.enable();
    }));
  });

  function kept(url) {
    var path = new URL(url).pathname;
    return caches.open(KEPT).then(function (cache) {
      return cache.match(pages.indexOf(path) < 0 ? pages[0] : path);
    }).then(function (page) { return page || Response.error(); });
  }

  /* A form that could not be sent is left to the browser: it offers to send it again, with what was typed. */
  scope.addEventListener('fetch', function (event) {
    var request = event.request;
    if (request.mode !== 'navigate' || request.method !== 'GET') return;
    event.respondWith(Promise.resolve(event.preloadResponse).then(function (early) { return early || fetch(request); }).catch(function () {
      return kept(request.url);
    }));
  });
})(self);
