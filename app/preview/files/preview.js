// The panel follows the service in the frame: its page, what is clicked or reached by keyboard, and the files on disk.
(() => {
  const service = document.getElementById('service');
  const panel = document.getElementById('panel');
  const said = document.getElementById('said');
  let { at, served } = panel.dataset;
  let on = '';
  let etag = `"${panel.dataset.version}"`;
  let asked = 0;
  let last = '';

  const say = (words) => { if (said.textContent !== words) said.textContent = words; };

  async function show(focus) {
    const mine = ++asked;
    const open = [...panel.querySelectorAll('details[open]')].map((each) => each.dataset.name);
    const reply = await fetch(`/preview/panel?${new URLSearchParams({ at, on })}`).catch(() => null);
    if (!reply || !reply.ok || mine !== asked) return;
    const text = await reply.text();
    if (text !== last) {
      last = text;
      const page = new DOMParser().parseFromString(text, 'text/html');
      for (const each of page.querySelectorAll('details')) if (open.includes(each.dataset.name)) each.open = true;
      // Whoever reads the panel by keyboard is not thrown out of it.
      focus ||= panel !== document.activeElement && panel.contains(document.activeElement);
      panel.replaceChildren(...page.body.childNodes);
    }
    if (focus) panel.querySelector('h2')?.focus();
  }

  function inside() {
    // A page of another site cannot be looked at.
    try { return service?.contentDocument?.querySelector('main') ? service.contentDocument : null; } catch { return null; }
  }

  function moved() {
    const path = inside()?.location.pathname;
    if (!path || path === at) return false;
    at = path;
    on = '';
    return true;
  }

  function pick(event) {
    const names = [];
    for (let each = event.target; each && each.id !== 'main' && each.tagName !== 'BODY'; each = each.parentElement) {
      names.push(each.getAttribute('name'), each.id, each.getAttribute('for'));
    }
    const found = names.filter((name) => name && !name.includes(' ')).join(' ');
    if (event.target.closest('main') && found !== on) { on = found; show(); }
  }

  function follow() {
    const page = inside();
    if (!page) return;
    moved();
    show();
    page.addEventListener('click', pick, true);
    page.addEventListener('focusin', pick);
    new MutationObserver(() => { moved(); show(); }).observe(page.body, { childList: true });
  }

  async function look() {
    try {
      const reply = await fetch('/preview/version', { headers: { 'If-None-Match': etag }, cache: 'no-store' });
      if (reply.status === 200) {
        etag = reply.headers.get('ETag');
        const now = await reply.json();
        if (now.served !== served && !service) location.reload();
        say(now.broken ? 'Un fichier a des erreurs. La page montre la dernière version sans erreur.'
          : 'Les fichiers ont changé. La page est à jour.');
        if (now.served !== served) { served = now.served; inside()?.location.reload(); }
        await show();
      } else if (moved()) await show();
    } catch { say('L’aperçu est arrêté.'); }
    setTimeout(look, 700);
  }

  panel.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-on]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    on = link.dataset.on;
    show(true);
  });
  if (service) {
    service.addEventListener('load', follow);
    if (inside()?.readyState === 'complete') follow();
  }
  look();
})();
