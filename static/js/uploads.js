/* Files of the documents page: photographs are made smaller here, then sent in pieces (tus 1.0.0), so that a cut costs one
   piece. Loaded by guichet.js where such a form stands; without it, or when anything is refused, the plain form sends. */
(function () {
  'use strict';
  const doc = document, SIDE = 2000, LEAST = 1400, WANTED = 340000, PIECE = 24576, TRIES = 5, VERSION = '1.0.0';
  let running = 0, held = null;

  /* Where the words are; remembered, for a file goes on its way while htmx brings another page. */
  const box = () => (held = doc.getElementById('sending') || held);
  const word = (name, values) => Object.entries(values || {}).reduce(
    (text, [key, value]) => text.replace('{' + key + '}', () => value), box().getAttribute('data-' + name) || '');
  const say = (name, values) => window.guichet.tell(word(name, values));
  const pause = (time) => new Promise((done) => {
    const timer = setTimeout(done, time);
    window.addEventListener('online', () => { clearTimeout(timer); done(); }, { once: true });
  });

  function drawn(image, side, quality) {
    const scale = Math.min(1, side / Math.max(image.width, image.height)), canvas = doc.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
  }

  /* A photograph of a page stays legible at 2000 dots on its longest side. What cannot be read here is sent as it is. */
  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp|avif|hei[cf])$/.test(file.type) || file.size <= WANTED) return file;
    try {
      const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
      let made = file;
      for (const [side, quality] of [[SIDE, .82], [SIDE, .7], [SIDE, .55], [1700, .55], [LEAST, .55]]) {
        made = await drawn(image, side, quality) || file;
        if (made.size <= WANTED) break;
      }
      image.close();
      return made.size < file.size ? new File([made], file.name.replace(/\.\w+$/, '') + '.jpg') : file;
    } catch (problem) { /* not a picture that this browser reads */ }
    return file;
  }

  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  class Refused extends Error {}

  /* One file to the end, through any number of cuts. Gives '' or why it is not kept; throws `Refused` when pieces cannot
     be used at all. */
  async function send(file, form, row) {
    const head = { 'Tus-Resumable': VERSION, 'X-CSRF-Token': form.elements.csrf_token.value };
    const replaces = form.elements.replaces ? form.elements.replaces.value : '';
    let url = '', at = 0, wait = 500, cut = false, faults = 0;
    const ask = (method, address, headers, body) => {
      const stop = new AbortController(), late = setTimeout(() => stop.abort(), 60000);
      row.stop = stop;
      return fetch(address, { method, headers: { ...head, ...headers }, body, signal: stop.signal })
        .finally(() => clearTimeout(late));
    };
    for (;;) {
      await row.free();
      if (row.ended) {
        if (url) ask('DELETE', url).catch(() => {});
        return '';
      }
      try {
        let reply;
        if (!url) {
          reply = await ask('POST', form.dataset.pieces, {
            'Upload-Length': file.size, 'Upload-Metadata': `filename ${base64(file.name)},replaces ${base64(replaces)}`,
          });
          if (reply.status === 422) return reply.text();
          if (reply.status < 500 && reply.status !== 201) throw new Refused();
          if (reply.status !== 201) throw new Error();
          url = reply.headers.get('Location');
          at = 0;
        } else if (at === null) {
          reply = await ask('HEAD', url);
          if (reply.status === 404) { url = ''; continue; }
          if (!reply.ok) throw new Error();
          at = Number(reply.headers.get('Upload-Offset'));
        }
        if (cut) { cut = false; say('resumed', { name: file.name }); }
        reply = await ask('PATCH', url, { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': at },
          file.slice(at, at + PIECE));
        if (reply.status === 422) {
          const why = await reply.text();
          ask('DELETE', url).catch(() => {});
          return why;
        }
        if (reply.status !== 204) {
          faults += reply.status < 500 ? 1 : 0;
          if ([403, 404, 413, 415].includes(reply.status) || faults > TRIES) throw new Refused();
          at = null;
          if (reply.status !== 409) throw new Error();
          continue;
        }
        at = Number(reply.headers.get('Upload-Offset'));
        wait = 500;
        row.progress(at / file.size);
        if (at >= file.size) return '';
      } catch (problem) {
        if (problem instanceof Refused) throw problem;
        at = url ? null : 0;
        if (row.paused || row.ended) continue;
        if (!cut) { cut = true; say('cut', { name: file.name }); }
        row.note(word('cut', { name: file.name }));
        await pause(wait);
        wait = Math.min(wait * 2, 15000);
      }
    }
  }

  /* The line of a file that is on its way, with its buttons. */
  function line(list, name) {
    const item = list.appendChild(doc.createElement('li')), of = item.appendChild(doc.createElement('div'));
    const text = of.appendChild(doc.createElement('p')), bar = of.appendChild(doc.createElement('progress'));
    const acts = item.appendChild(doc.createElement('div'));
    of.className = 'of';
    acts.className = 'acts';
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute('aria-label', word('progress', { name, percent: '' }).replace(/[\s: %]+$/, ''));
    let go = null;
    const row = {
      paused: false, ended: false, item, last: 0,
      free: () => (row.paused && !row.ended ? new Promise((done) => { go = done; }) : null),
      note: (words) => { text.textContent = words; },
      progress: (part) => {
        const percent = Math.floor(part * 100);
        bar.value = percent;
        row.note(word('progress', { name, percent }));
        if (percent < 100 && percent >= row.last + 25) { row.last = percent; say('progress', { name, percent }); }
      },
    };
    const button = (label, act) => {
      const made = acts.appendChild(doc.createElement('button'));
      made.type = 'button';
      made.className = 'quiet small';
      made.textContent = word(label, { name });
      made.addEventListener('click', () => act(made));
    };
    const wake = () => { if (row.stop) row.stop.abort(); if (go) go(); go = null; };
    button('pause', (made) => {
      row.paused = !row.paused;
      made.textContent = word(row.paused ? 'resume' : 'pause', { name });
      say(row.paused ? 'paused' : 'resumed', { name });
      wake();
    });
    button('stop', () => { row.ended = true; wake(); });
    row.progress(0);
    return row;
  }

  async function start(form, files, words = word('begin', { count: files.length })) {
    const section = form.closest('section'), list = doc.createElement('ul'), said = [];
    list.className = 'files';
    /* Taken out, not hidden: nothing invisible is left in the page while files are on their way. */
    form.replaceWith(list);
    running += 1;
    window.guichet.tell(words);
    const rows = files.map((file) => line(list, file.name)), rest = [...files];
    rows[0].item.querySelector('button').focus();
    try {
      for (const [place, file] of files.entries()) {
        const why = await send(await smaller(file), form, rows[place]);
        rest.shift();
        if (why) said.push(why);
        if (form.elements.replaces && !why) form.elements.replaces.value = '';
      }
      await renew(section, form.dataset.here, said, rows.some((row) => !row.ended));
    } catch (problem) {
      /* The plain form sends what was not sent yet, also what came from the camera. */
      const left = new DataTransfer();
      rest.filter((file, place) => !rows[files.length - rest.length + place].ended).forEach((file) => left.items.add(file));
      if (!left.files.length || !list.isConnected) { location.reload(); return; }
      list.replaceWith(form);
      form.elements.file.files = left.files;
      HTMLFormElement.prototype.submit.call(form);
    } finally { running -= 1; }
  }

  /* The part of the page about this document, as the service shows it now. */
  async function renew(section, here, said, kept) {
    let reply, shown;
    /* All is sent by now: a cut here must wait, not send the plain form and the file a second time. */
    for (let wait = 500; shown === undefined; wait = Math.min(wait * 2, 15000)) {
      try { reply = await fetch(here); shown = await reply.text(); } catch (problem) { await pause(wait); }
    }
    const words = said.concat(kept && !said.length ? word('done') : []).join(' ');
    /* Another form may have brought the page anew meanwhile, or gone to another one. */
    const place = doc.getElementById(section.id), moved = place !== section;
    if (!place) return window.guichet.tell(words);
    const page = new DOMParser().parseFromString(shown, 'text/html');
    const fresh = page.getElementById(section.id);
    if (!reply.ok || !fresh) return location.reload();
    const old = doc.querySelector('[data-look]'), note = page.querySelector('[data-look]');
    const form = fresh.querySelector('form[data-pieces]');
    if (note && !old) doc.querySelector('#main h1').insertAdjacentElement('afterend', note);
    place.replaceWith(fresh);
    const count = doc.getElementById('progress');
    if (count) count.replaceWith(page.getElementById('progress') || '');
    mended(fresh, here, page.title);
    tell(fresh, form, said);
    const title = fresh.querySelector('h2');
    title.tabIndex = -1;
    if (!moved) title.focus();
    prepare();
    window.guichet.look();
    window.guichet.tell(words);
  }

  /* What the summary of errors says of this document is over. Once it says nothing more, the page is no answer to a
     refused form any longer: neither its title nor its address. */
  function mended(section, here, title) {
    const box = doc.getElementById('errors');
    if (!box) return;
    box.querySelectorAll('a').forEach((link) => {
      if (section.querySelector(`[id="${link.hash.slice(1)}"]`)) link.closest('li').remove();
    });
    if (box.querySelector('li')) return;
    box.remove();
    doc.title = title;
    history.replaceState(history.state, '', here);
  }

  /* Refusals beside their control, as the service shows them. */
  function tell(section, form, said) {
    const input = form && form.elements.file, before = input || null;
    said.forEach((words, place) => {
      const p = doc.createElement('p');
      p.className = 'error';
      p.id = `${section.id}-error${place ? `-${place + 1}` : ''}`;
      p.textContent = `${word('error')} ${words}`;
      (form || section).insertBefore(p, before);
    });
    if (said.length) section.classList.add('bad');
    if (!said.length || !input) return;
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', `${input.getAttribute('aria-describedby')} ${section.id}-error`);
  }

  /* A telephone offers its camera directly. */
  function camera(form) {
    const input = form.querySelector('input[type=file]');
    if (!('capture' in input) || !matchMedia('(pointer: coarse)').matches || !/\.jpg/.test(input.accept)) return;
    const button = doc.createElement('button'), lens = input.cloneNode();
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = word('camera');
    lens.removeAttribute('id');
    lens.hidden = true;
    lens.accept = 'image/*';
    lens.capture = 'environment';
    lens.multiple = false;
    lens.removeAttribute('name');
    lens.addEventListener('change', () => { if (lens.files.length) start(form, [...lens.files]); });
    button.addEventListener('click', () => lens.click());
    input.before(button, lens);
  }

  function prepare() {
    doc.querySelectorAll('form[data-pieces]:not([data-ready])').forEach((form) => {
      form.setAttribute('data-ready', '');
      camera(form);
      form.addEventListener('submit', (event) => {
        const files = [...form.querySelector('input[name=file]').files];
        if (!files.length || !box()) return;
        event.preventDefault();
        event.stopPropagation();
        start(form, files);
      });
    });
  }

  /* Chosen, but "Ajouter" was never pressed: another form of this page would lose that file. It is sent first; the next
     press goes on. Whoever says why there is no file for a document does not mean the one chosen there. */
  doc.addEventListener('submit', (event) => {
    const other = event.target, said = event.submitter && event.submitter.name === 'says' && other.closest('section');
    if (!box() || !other.closest('main') || other.matches('form[data-pieces]')) return;
    const left = [...doc.querySelectorAll('form[data-pieces]')].filter(
      (form) => form.elements.file.files.length && form.closest('section') !== said);
    if (!left.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const files = left.flatMap((form) => [...form.elements.file.files]);
    const words = word('first', { names: files.map((file) => file.name).join(', ') });
    left.forEach((form) => {
      const section = form.closest('section'), note = doc.createElement('p');
      note.className = 'missing';
      note.textContent = words;
      form.before(note);
      start(form, [...form.elements.file.files], words);
      section.scrollIntoView({ block: 'nearest' });
    });
  }, true);

  window.addEventListener('beforeunload', (event) => { if (running) event.preventDefault(); });
  doc.addEventListener('htmx:after:swap', prepare);
  prepare();
})();
