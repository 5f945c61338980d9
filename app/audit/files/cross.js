/* What only shows when the page is narrow, enlarged, spaced out, in other colours, without style, or walked through. */
(() => {
  const words = text => (text || '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const box = e => e.getBoundingClientRect();
  const every = css => [...document.querySelectorAll(css)];
  const shown = e => { const b = box(e); return b.width > 1 && b.height > 1; };
  const path = e => {
    if (e.id) return '#' + CSS.escape(e.id);
    if (e === document.body || !e.parentElement) return e.localName;
    const alike = [...e.parentElement.children].filter(o => o.localName === e.localName);
    return path(e.parentElement) + ' > ' + e.localName + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(e) + 1})` : '');
  };
  const at = e => ({ target: path(e), html: e.cloneNode(false).outerHTML.slice(0, 240) });

  const channels = c => (c.match(/[\d.]+/g) || []).map(Number);
  const light = c => {
    const [r, g, b] = channels(c).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const behind = e => {
    for (let up = e; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const EDGED = 'main input:not([type=radio], [type=checkbox], [type=hidden]), main select, main textarea, main .choice:not(.small), main button, main .button, main .errors, main .bad';

  window.cross = {
    lines: () => document.body.innerText.split('\n').map(words).filter(l => l),
    words: () => words(document.body.innerText),
    edges: () => every(EDGED).filter(shown)
      .filter(e => ratio(getComputedStyle(e).borderInlineStartColor, behind(e.parentElement)) < 3).map(at),
    edgeless: () => every('main :is(.box, .errors, button, .button, .choice:not(.small), .bad)').filter(shown)
      .filter(e => !['Top', 'Bottom', 'Left', 'Right'].some(side => {
        const s = getComputedStyle(e);
        return parseFloat(s[`border${side}Width`]) && s[`border${side}Style`] !== 'none';
      })).map(at),
    sizes: () => every('body *').filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && shown(e))
      .map(e => ({ ...at(e), size: parseFloat(getComputedStyle(e).fontSize) * (e.ownerSVGElement ? e.getScreenCTM().a : 1) })),
    space: on => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-block-end: 2em !important}');
      document.adoptedStyleSheets = on ? [sheet] : [];
    },
    /* As in a language that needs four tenths more room. */
    lengthen: () => {
      const more = ' ḿóñţŕé ļóñĝ', texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode, length = words(text.data).length;
        if (length > 3) text.data = text.data.trimEnd() + more.repeat(1 + Math.floor(length * .4 / more.length)) + ' ';
      }
    },
    style: on => { for (const sheet of document.styleSheets) sheet.disabled = !on; },
    sides: () => every('main input:not([type=hidden], [type=file]), main select, main textarea').filter(shown).filter(e => {
      const label = (e.labels || [])[0], rtl = document.documentElement.dir === 'rtl';
      if (!label || !shown(label)) return false;
      const one = box(label), own = box(e);
      if (e.matches('[type=radio], [type=checkbox]')) {
        const said = box(label.querySelector('span') || label);
        return Math.abs((said.top + said.bottom) / 2 - (own.top + own.bottom) / 2) > Math.max(said.height, 48)
          || (rtl ? said.left > own.left : said.right < own.right);
      }
      const above = one.bottom <= own.top + 2 && own.top - one.bottom < 260;
      return !above && !(rtl ? one.left >= own.right - 2 : one.right <= own.left + 2);
    }).map(at),
    begin: () => { if (document.activeElement) document.activeElement.blur(); getSelection().collapse(document.body, 0); },
    stop: () => {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return null;
      const mark = e.closest('.choice') && e.matches('input') ? e.closest('.choice') : e, b = box(mark), s = getComputedStyle(e);
      const first = e.getClientRects()[0] || box(e), labels = [...(e.labels || [])];
      const mine = o => o && (o === e || e.contains(o) || o.contains(e) || labels.some(l => l.contains(o)));
      const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) => [first.left + x * first.width, first.top + y * first.height]);
      return { ...at(e), place: every('*').indexOf(e), sort: [e.localName, e.type || '', e.className, !!e.closest('main')].join(' '),
        outline: Math.max(...[s, getComputedStyle(mark)].map(o => o.outlineStyle !== 'none' ? parseFloat(o.outlineWidth) : 0)),
        hidden: points.every(([x, y]) => !mine(document.elementFromPoint(x, y))),
        box: { x: Math.max(0, b.left - 8) + scrollX, y: Math.max(0, b.top - 8) + scrollY, width: b.width + 16, height: b.height + 16 } };
    },
    moving: () => every('body *').some(e => {
      const s = getComputedStyle(e);
      return [s.transitionDuration, s.animationDuration].some(d => d.split(',').some(t => parseFloat(t) > 0));
    }),
    blur: () => document.activeElement && document.activeElement.blur(),
    again: place => every('*')[place].focus({ preventScroll: true }),
    /* Choose and type everywhere without sending: nobody may be taken elsewhere by that. */
    type: () => {
      const before = [location.href, document.title, words((document.querySelector('h1') || {}).textContent)];
      const wrong = [];
      for (const e of every('main input:not([type=hidden], [type=file]), main select, main textarea').filter(shown)) {
        e.focus();
        if (e.matches('[type=radio], [type=checkbox]')) e.click();
        else if (e.localName === 'select') e.selectedIndex = e.options.length - 1;
        else e.value = 'x';
        for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, { bubbles: true }));
        const after = [location.href, document.title, words((document.querySelector('h1') || {}).textContent)];
        if (document.activeElement !== e || after.join() !== before.join()) wrong.push(at(e));
      }
      return wrong;
    },
    middle: css => { const e = document.querySelector(css); if (!e) return null; e.scrollIntoView({ block: 'center' }); const b = box(e); return { ...at(e), x: b.left + b.width / 2, y: b.top + b.height / 2 }; },
    listen: () => { window.acted = 0; document.addEventListener('submit', event => { window.acted++; event.preventDefault(); }, true); },
    arrived: () => ({ focus: document.activeElement === document.body ? 'body' : document.activeElement.id || document.activeElement.localName,
      title: words(document.title), errors: !!document.getElementById('errors'), busy: !!document.querySelector('[aria-busy]'),
      heading: words((document.querySelector('h1') || {}).textContent), href: location.pathname,
      regions: ['alert', 'status'].map(id => { const e = document.getElementById(id); return e && !e.closest('main') ? e.getAttribute('role') : ''; }),
      doctype: document.doctype ? document.doctype.name : '', mode: document.compatMode, words: words(document.querySelector('main').innerText) }),
  };
})();
