/* What the audit wants to know of the page that is shown. Nothing is changed; only plain values leave. */
(() => {
  const words = text => (text || '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const box = e => e.getBoundingClientRect();
  const shown = e => { const b = box(e), s = getComputedStyle(e); return b.width > 1 && b.height > 1 && s.visibility === 'visible'; };
  const every = (css, root = document) => [...root.querySelectorAll(css)];
  const path = e => {
    if (e.id) return '#' + CSS.escape(e.id);
    if (e === document.body || !e.parentElement) return e.localName;
    const alike = [...e.parentElement.children].filter(o => o.localName === e.localName);
    return path(e.parentElement) + ' > ' + e.localName + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(e) + 1})` : '');
  };
  const start = e => e.cloneNode(false).outerHTML.slice(0, 240);
  const at = e => ({ target: path(e), html: start(e) });
  const CONTROLS = 'input:not([type=hidden]), select, textarea';
  const focusable = e => !!e && e.matches('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]') && !e.disabled;
  const named = id => { const e = id && document.getElementById(id); return e ? words(e.textContent) : ''; };
  const listed = (e, name) => words((e.getAttribute(name) || '').split(/\s+/).map(named).join(' '));

  const control = e => ({
    ...at(e), id: e.id, name: e.name, tag: e.localName, type: e.type, autocomplete: e.getAttribute('autocomplete'),
    label: words([...(e.labels || [])].map(l => l.textContent).join(' ')), described: listed(e, 'aria-describedby'),
    placeholder: e.placeholder || '', required: e.required || e.getAttribute('aria-required') === 'true', shown: shown(e), describedBy: e.getAttribute('aria-describedby') || '',
    question: e.closest('.field') ? e.closest('.field').id : '', top: box(e).top + scrollY,
    legend: e.closest('fieldset') && e.closest('fieldset').querySelector('legend') ? words(e.closest('fieldset').querySelector('legend').textContent) : '',
    groups: (() => { let n = 0; for (let up = e.parentElement; up; up = up.parentElement) if (up.localName === 'fieldset' || /group/.test(up.getAttribute('role') || '')) n++; return n; })(),
  });

  /* A link in a sentence is as high as its line; a button, a box or a link that stands alone is 24 px, or 44 px by ours. */
  const target = e => {
    const label = e.matches('input[type=radio], input[type=checkbox]') && (e.closest('.choice') || (e.labels || [])[0]);
    return box(label || e);
  };
  const alone = e => {
    if (e.localName !== 'a') return true;
    const block = e.closest('p, li, dd, div, figcaption') || e.parentElement;
    return ![...block.childNodes].some(n => n !== e && n.nodeType === 3 && n.data.trim());
  };
  const small = () => every('a[href], button, input:not([type=hidden]), select, textarea, summary')
    .filter(e => shown(e) && !e.closest('.skip, .vh') && alone(e))
    .map(e => ({ ...at(e), words: words(e.textContent).slice(0, 60), width: Math.round(target(e).width), height: Math.round(target(e).height) }))
    .filter(t => t.width < 43.5 || t.height < 43.5);

  const summary = () => {
    const box = document.getElementById('errors');
    if (!box) return null;
    return {
      ...at(box), focusable: box.hasAttribute('tabindex'), alert: !!box.querySelector('[role=alert]') || box.getAttribute('role') === 'alert',
      titled: listed(box, 'aria-labelledby'), heading: !!box.querySelector('h2'),
      rows: every('li', box).map(li => {
        const a = li.querySelector('a'), href = a ? a.getAttribute('href') : '';
        const goal = href.startsWith('#') ? document.getElementById(href.slice(1)) : null;
        return { text: words(li.textContent), href, goal: goal ? goal.id : '', ok: !href.startsWith('#') || (focusable(goal) && shown(goal)),
          question: goal && goal.closest('.field') ? goal.closest('.field').id : '' };
      }),
    };
  };

  const actions = () => every('main a[href], main button').filter(shown).map(e => ({
    ...at(e), tag: e.localName, text: words(e.textContent), aria: e.getAttribute('aria-label') || '',
    goal: e.localName === 'a' ? e.getAttribute('href') : ((e.closest('form') || {}).action || '') + ' ' + (e.value || ''),
  }));

  const clipped = () => every('body *').filter(e => {
    if (!e.clientWidth || e.closest('.vh, svg') || e.matches('select, textarea, input')) return false;
    const s = getComputedStyle(e), hides = [s.overflowX, s.overflowY].some(o => o === 'hidden' || o === 'clip');
    return (hides || e.matches('button, .button, .choice, .tag, summary')) && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
  }).map(at);
  /* A phone shrinks a page that is too wide, and innerWidth grows with it: the width to keep to is that of the layout. */
  const across = () => document.documentElement.clientWidth;
  const wide = () => document.scrollingElement.scrollWidth <= across() + 1 ? [] : every('body *').filter(e => {
    const b = box(e);
    return b.width && (b.right > across() + 1 || b.left < -1) && !e.closest('.vh, .skip') && ![...e.children].some(c => box(c).right > across() + 1);
  }).map(at);
  /* What stays on the screen and takes so much of it that little is left to read. */
  const sticking = () => every('body *').filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position) && shown(e) && box(e).height > innerHeight / 3).map(at);

  const structure = () => ({
    title: words(document.title), lang: document.documentElement.lang, dir: document.documentElement.dir,
    headings: every('h1, h2, h3, h4, h5, h6').map(e => ({ ...at(e), level: +e.localName[1], text: words(e.textContent) })),
    mains: every('main').length, banners: every('body > header').length, infos: every('body > footer').length,
    navs: every('nav').map(e => ({ ...at(e), name: e.getAttribute('aria-label') || listed(e, 'aria-labelledby') })),
    twice: [...new Set(every('[id]').map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n))],
    loose: every('[aria-describedby], [aria-labelledby], label[for]').flatMap(e => ['aria-describedby', 'aria-labelledby', 'for']
      .flatMap(n => (e.getAttribute(n) || '').split(/\s+/).filter(id => id && !document.getElementById(id)).map(id => ({ ...at(e), id })))),
    skip: (() => { const a = document.querySelector('body a[href]'), goal = a && a.hash ? document.getElementById(a.hash.slice(1)) : null;
      return { ...(a ? at(a) : { target: 'body', html: '' }), ok: !!goal && goal.localName === 'main' }; })(),
    regions: ['alert', 'status'].map(id => { const e = document.getElementById(id); return { id, role: e && !e.closest('main') ? e.getAttribute('role') : '', hidden: !!e && getComputedStyle(e).display === 'none' }; }),
    tabbed: every('[tabindex]').filter(e => e.tabIndex > 0).map(at), keyed: every('[accesskey]').map(at),
    unreachable: every(CONTROLS + ', button, a[href]').filter(e => shown(e) && !e.disabled && e.tabIndex < 0).map(at),
    opening: every('[target=_blank]').map(at), footer: every('footer a').map(a => words(a.textContent)), helps: every('a[href]').map(a => a.getAttribute('href')).filter(h => /\/help$/.test(h)),
    languages: every('body [lang]').map(e => ({ ...at(e), lang: e.lang })),
    submits: every('form').filter(f => f.querySelector(CONTROLS) && !f.querySelector('button:not([type=button], [lang]), input[type=submit], input[type=image]')).map(at),
    zoomless: every('meta[name=viewport]').filter(m => /user-scalable\s*=\s*no|maximum-scale/.test(m.content)).map(at),
    order: every('body *').filter(e => shown(e) && (+getComputedStyle(e).order !== 0 || /reverse/.test(getComputedStyle(e).flexDirection))).map(at),
    texts: every('p.error').map(e => ({ ...at(e), id: e.id, text: words(e.textContent), shown: shown(e), size: parseFloat(getComputedStyle(e).fontSize) })),
    images: every('img, svg[role=img], svg:not([aria-hidden=true])').map(e => ({ ...at(e), alt: e.getAttribute('alt'), hidden: !!e.closest('[aria-hidden=true]'), named: !!(e.getAttribute('aria-label') || listed(e, 'aria-labelledby')) })),
    moving: every('*').filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' && s.animationIterationCount === 'infinite'; }).map(at),
    dressed: every('body [style], body [align], body [bgcolor], font, center, big, strike').map(at),
    refresh: every('meta[http-equiv=refresh i]').map(at),
  });
  const applies = rules => Object.fromEntries(Object.entries(rules).map(([number, css]) => [number, every(css).filter(e => e.closest('body')).slice(0, 3).map(at)]));

  window.lookAt = rules => ({
    ...structure(), controls: every('main ' + CONTROLS.replace(/, /g, ', main ')).map(control), summary: summary(), actions: actions(), small: small(), applies: applies(rules),
  });
  window.lookNarrow = () => ({ wide: wide(), clipped: clipped(), sticking: sticking() });
})();
