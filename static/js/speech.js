/* Reads a question aloud, where the phone itself has a voice for its language. Loaded by guichet.js on pages of
   questions; without it nothing is missing. Only what the page says is read, never what was typed. */
(function () {
  'use strict';
  const doc = document, speech = window.speechSynthesis, SVG = 'http://www.w3.org/2000/svg';
  const LOUD = 'M3 9v6h4l6 5V4L7 9zM16 8q3 4 0 8M19 5q6 7 0 14', STOP = 'M6 6h12v12H6z';
  let playing = null, turns = 0;

  /* Voices that are not on the phone would send what is read to another host. */
  function voiceFor(language) {
    const wanted = language.toLowerCase().split('-')[0];
    const voices = speech.getVoices().filter((voice) =>
      voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
    return voices.find((voice) => voice.default) || voices[0];
  }

  /* The words of a question in their order, each run in its own language. */
  function pieces(question) {
    const said = [];
    question.querySelectorAll('legend, label, p.hint, p.error, p.or').forEach((part) => {
      if (!part.getClientRects().length) return;
      const walk = doc.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      let last = null;
      while (walk.nextNode()) {
        const text = walk.currentNode.data.replace(/\s+/g, ' ');
        if (!text.trim()) continue;
        const lang = walk.currentNode.parentElement.closest('[lang]').lang;
        if (last && last.lang === lang) last.text += text;
        else said.push(last = { lang, text });
      }
    });
    return said;
  }

  function show(button, on) {
    button.setAttribute('aria-pressed', String(on));
    button.querySelector('path').setAttribute('d', on ? STOP : LOUD);
  }

  function stop() {
    turns += 1;
    if (playing) show(playing, false);
    playing = null;
    speech.cancel();
  }

  function press(button, question) {
    const again = playing === button;
    stop();
    if (again) return;
    const turn = turns, said = pieces(question).filter((piece) => voiceFor(piece.lang));
    /* What was stopped tells so later, when something else may be read already. */
    const end = () => { if (turn === turns) stop(); };
    playing = button;
    show(button, true);
    said.forEach((piece, place) => {
      const words = new SpeechSynthesisUtterance(piece.text);
      words.voice = voiceFor(piece.lang);
      words.lang = words.voice.lang;
      words.onerror = end;
      if (place === said.length - 1) words.onend = end;
      speech.speak(words);
    });
  }

  function made(question, title, word) {
    const button = doc.createElement('button'), name = doc.createElement('span');
    const image = doc.createElementNS(SVG, 'svg'), path = doc.createElementNS(SVG, 'path');
    button.type = 'button';
    button.className = 'quiet listen';
    name.className = 'vh';
    name.textContent = word + ' ' + title.textContent.trim().replace(/\s+/g, ' ');
    image.setAttribute('viewBox', '0 0 24 24');
    image.setAttribute('aria-hidden', 'true');
    image.appendChild(path);
    button.append(image, name);
    show(button, false);
    button.addEventListener('click', () => press(button, question));
    return button;
  }

  function prepare() {
    const box = doc.getElementById('speech');
    if (!box) return;
    doc.querySelectorAll('#questions .field').forEach((question) => {
      const title = question.querySelector('legend, .label'), first = title && pieces(question)[0];
      if (!first || !voiceFor(first.lang) || question.querySelector('.listen')) return;
      const head = title.parentNode.tagName === 'H1' ? title.parentNode : title;
      question.classList.add('heard');
      head.parentNode.insertBefore(made(question, title, box.getAttribute('data-listen')), head.nextSibling);
    });
  }

  /* Some browsers know their voices only a moment later. */
  if (speech.addEventListener) speech.addEventListener('voiceschanged', prepare);
  doc.addEventListener('htmx:after:swap', () => { stop(); prepare(); });
  window.addEventListener('pagehide', stop);
  prepare();
})();
