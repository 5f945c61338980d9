/* Says aloud and in view what htmx does: sending, a failure, the next page. Without this file, or without htmx, every page still works. */
(function () {
  'use strict';
  var doc = document;
  if (!doc.addEventListener || !Array.prototype.forEach) return;

  function byId(id) { return doc.getElementById(id); }

  /* Announce a sentence kept in the region's data attribute; the region itself stands outside what is swapped. */
  var waiting = {};
  function put(region, text) {
    var box = byId(region);
    if (!box) return;
    clearTimeout(waiting[region]);
    /* An answer that is still on its way must not end what is said next. */
    if (region === 'alert') { clearTimeout(asking); asking = 0; }
    box.textContent = '';
    room();
    if (region === 'status') box.className = 'vh';
    /* Emptied first, filled a moment later: the same words twice are then said twice. */
    if (text) waiting[region] = setTimeout(function () { box.textContent = text; uncover(box); }, 50);
  }
  /* Whatever the browser brings into view stops above what stands at the lower edge of the screen. */
  function room() {
    var high = 0;
    each('#alert, #status.seen', function (box) { if (box.textContent) high = Math.max(high, box.offsetHeight); });
    doc.documentElement.style.scrollPaddingBottom = high ? high + 24 + 'px' : '';
  }
  /* The alert stands at the lower edge of the screen: it may not lie over the button that it asks to press, whether or
     not that has the focus. */
  function uncover(box) {
    room();
    var at = doc.activeElement, top = box.getBoundingClientRect().top, over = 0;
    function see(control) {
      var place = control.getBoundingClientRect();
      if (place.top < window.innerHeight) over = Math.max(over, place.bottom + 16 - top);
    }
    if (box.className === 'vh') return;
    each('main .buttons button', see);
    if (at && at !== doc.body && !box.contains(at)) {
      over = Math.min(over, Math.max(0, at.getBoundingClientRect().top));
      see(at);
    }
    if (over > 0) window.scrollBy(0, over);
  }
  /* When something was last said about files: that matters more than "the network is back". */
  var told = 0;
  function tell(text) { told = Date.now(); put('status', text); }
  function say(region, name) {
    var box = byId(region);
    put(region, box && name && box.getAttribute('data-' + name));
  }

  function each(selector, act) { Array.prototype.forEach.call(doc.querySelectorAll(selector), act); }

  /* aria-disabled keeps the focus on the button, `disabled` would lose it. */
  function busy(form, on) {
    var main = byId('main');
    if (main) on ? main.setAttribute('aria-busy', 'true') : main.removeAttribute('aria-busy');
    if (!form || !form.querySelectorAll) return;
    Array.prototype.forEach.call(form.querySelectorAll('button'), function (button) {
      on ? button.setAttribute('aria-disabled', 'true') : button.removeAttribute('aria-disabled');
    });
  }

  /* This page in another language. */
  function spoken(link) {
    return location.pathname.replace('/' + doc.documentElement.lang + '/', '/' + link.getAttribute('data-language') + '/') +
      (/[?&]return=check/.test(location.search) ? '?return=check' : '');
  }

  /* What a new page needs, after a load and after a swap. */
  function prepare() {
    each('[data-print]', function (button) { button.hidden = false; });
    var said = byId('said');
    if (said) put('status', said.textContent);
    look();
    load('sending', 'uploads', window.AbortController);
    load('speech', 'speech', window.speechSynthesis);
    /* The links take along what is typed: no need of the buttons that do it. */
    each('#languages', function (group) { group.parentNode.removeChild(group); });
    each('a[data-language]', function (link) { link.setAttribute('href', spoken(link)); });
  }

  /* Files that wait for their check: look again, put what is new in its place without moving the focus, and say it. */
  var looking, pause;
  function look(again) {
    clearTimeout(looking);
    var note = doc.querySelector('[data-look]');
    if (!note || !window.fetch) return;
    pause = again ? Math.min(pause * 1.5, 20000) : 1000;
    looking = setTimeout(function () {
      if (doc.hidden) return look(true);
      fetch(note.getAttribute('data-look')).then(function (reply) { return reply.ok ? reply.text() : ''; }).then(function (text) {
        renew(new DOMParser().parseFromString(text, 'text/html'), note);
        look(true);
      }, function () { look(true); });
    }, pause);
  }
  function renew(page, note) {
    var words = [];
    each('[data-waits]', function (item) {
      var fresh = page.getElementById(item.id);
      if (!fresh || fresh.hasAttribute('data-waits')) return;
      words.push(fresh.querySelector('.of').textContent.replace(/\s+/g, ' '));
      if (!item.contains(doc.activeElement)) return item.parentNode.replaceChild(fresh, item);
      item.removeAttribute('data-waits');
      item.replaceChild(fresh.querySelector('.of'), item.querySelector('.of'));
    });
    if (words.length) {
      var count = byId('progress'), now = page.getElementById('progress');
      if (count && now) count.innerHTML = now.innerHTML;
      tell(words.join(' '));
    }
    if (!doc.querySelector('[data-waits]') && !note.contains(doc.activeElement)) note.parentNode.removeChild(note);
  }

  /* Pages that take files have a script of their own; browsers too old for it send the plain form. So have pages of
     questions, where the browser can speak. */
  function load(place, name, able) {
    var box = byId(place);
    if (!box || !window.fetch || !able || byId(name + '-script')) return;
    var script = doc.createElement('script');
    script.id = name + '-script';
    script.src = box.getAttribute('data-script');
    doc.head.appendChild(script);
  }
  window.guichet = { tell: tell, look: look };

  /* After a swap: the error summary has `autofocus` and htmx has gone there; any other page begins at its title. */
  function arrive() {
    prepare();
    if (doc.querySelector('#main [autofocus]')) return;
    var heading = doc.querySelector('#main h1');
    if (!heading) return;
    heading.setAttribute('tabindex', '-1');
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }

  doc.addEventListener('click', function (event) {
    var target = event.target.closest ? event.target : event.target.parentNode;
    if (!target || !target.closest) return;
    var exit = target.closest('[data-exit]');
    if (exit) {
      event.preventDefault();
      doc.documentElement.hidden = true;
      location.replace(exit.href);
      return;
    }
    if (target.closest('[data-print]')) window.print();
    /* Another language: what is typed goes along. (A button without script would be the one that Enter presses.) */
    var other = target.closest('[data-language]'), form = byId('questions');
    if (other && form) {
      event.preventDefault();
      var send = doc.createElement('button');
      send.name = 'action';
      send.value = 'language-' + other.getAttribute('data-language');
      send.hidden = true;
      form.appendChild(send);
      send.click();
      return;
    }
    var button = target.closest('button[aria-disabled=true]');
    if (button) { event.preventDefault(); event.stopPropagation(); }
  }, true);

  /* A plain form is sent once; the way back frees it. */
  doc.addEventListener('submit', function (event) {
    var form = event.target;
    if (window.htmx && form.hasAttribute('hx-post')) return;
    if (form.getAttribute('data-sent')) { event.preventDefault(); return; }
    form.setAttribute('data-sent', 'yes');
    say('status', 'sending');
    setTimeout(function () { form.removeAttribute('data-sent'); }, 15000);
  });
  window.addEventListener('pageshow', function () {
    each('form[data-sent]', function (form) { form.removeAttribute('data-sent'); });
    say('alert');
    say('status');
    prepare();
    /* Back and Forward over htmx's pages load the page anew (history: "reload"): begin at its title, as after a swap. */
    var way = window.performance && performance.getEntriesByType && performance.getEntriesByType('navigation')[0];
    if (way && way.type === 'reload' && history.state && history.state.htmx) arrive();
  });

  /* A page for when there is no network, kept once one has begun; never at the cost of somebody who counts their
     bytes. */
  var script = doc.querySelector('script[data-worker]'), line = navigator.connection || {};
  if (script && navigator.serviceWorker && !line.saveData && !/2g/.test(line.effectiveType)) {
    window.addEventListener('load', function () {
      navigator.serviceWorker.register(script.getAttribute('data-worker')).catch(function () {});
    });
  }

  /* In view too: whoever saw the alert must not guess why it went. It goes with the next thing that is said. */
  function back(word) {
    say('alert');
    if (Date.now() - told <= 5000) return;
    say('status', word);
    var box = byId('status');
    if (box) box.className = 'seen';
    setTimeout(function () { if (box && box.className === 'seen') put('status'); }, 10000);
  }
  window.addEventListener('offline', function () { say('alert', 'offline'); });
  window.addEventListener('online', function () { back('online'); });

  /* A phone that has a network and no answer: the service may be down, or the network leads nowhere. Neither is claimed.
     The service is asked for, ever more rarely, until it answers or something else is said. */
  var asking;
  function unreachable() {
    if (navigator.onLine === false) return say('alert', 'offline');
    say('alert', 'silent');
    if (window.fetch) ask(5000);
  }
  function ask(wait) {
    asking = setTimeout(function () {
      var turn = asking;
      function again() { if (turn === asking) ask(Math.min(wait * 1.5, 60000)); }
      if (doc.hidden) return again();
      fetch('/healthz', { credentials: 'omit', cache: 'no-store' }).then(function (reply) {
        if (!reply.ok) return again();
        if (turn === asking) back('answers');
      }, again);
    }, wait);
  }

  doc.addEventListener('htmx:before:request', function (event) {
    say('alert');
    say('status', 'sending');
    busy(event.detail.ctx.sourceElement, true);
  });

  /* Only a page of ours may take the place of this one; one that refuses, only if it brings the form back. A proxy's page,
     a failure or an error page would lose what was typed: its words are said here instead. */
  doc.addEventListener('htmx:before:swap', function (event) {
    var ctx = event.detail.ctx;
    var status = ctx.response ? ctx.response.status : 200;
    var main = new DOMParser().parseFromString(ctx.text || '', 'text/html').getElementById('main');
    if (status >= 500 || !main || (status >= 400 && !main.querySelector('form[hx-post]'))) {
      event.preventDefault();
      say('status');
      refuse(status, main);
    } else if (ctx.response && ctx.response.raw.redirected && !(ctx.hx && ctx.hx.pushurl)) {
      ctx.push = ctx.response.raw.url;
    }
  });
  function refuse(status, main) {
    var heading = main && main.querySelector('h1');
    if (status >= 500 || !heading) return say('alert', status >= 500 ? 'failed' : 'refused');
    var words = [heading.textContent + '.'];
    Array.prototype.forEach.call(main.querySelectorAll('h1 + p, [data-say]'), function (p) { words.push(p.textContent); });
    put('alert', words.concat(byId('alert').getAttribute('data-here')).join(' '));
  }
  doc.addEventListener('htmx:after:swap', function () { say('status'); arrive(); });
  doc.addEventListener('htmx:error', function (event) {
    var ctx = event.detail.ctx;
    if (!ctx || ctx.status === 'swapped') return;
    var late = ctx.request && ctx.request.signal.reason === 'timeout';
    say('status');
    late ? say('alert', 'late') : unreachable();
  });
  doc.addEventListener('htmx:finally:request', function (event) { busy(event.detail.ctx.sourceElement, false); });
})();
