"""What must be true of a page the moment it is there, whichever way it came: focus, title, structure, address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.audit.browser import Browser
from tests.checks.page import check_page

LOOK = """
const at = document.activeElement, regions = ['alert', 'status'].map(id => document.getElementById(id));
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
return {
  focus: at === document.body ? 'body' : at.id || at.localName,
  swapped: !!window.stayed,
  errors: !!document.getElementById('errors'),
  title: document.title,
  heading: [...document.querySelectorAll('h1')].map(e => e.textContent.trim().replace(/\\s+/g, ' ')),
  mains: document.querySelectorAll('main').length,
  titles: document.querySelectorAll('title').length,
  twice: ids.filter((id, place) => ids.indexOf(id) !== place),
  busy: document.querySelectorAll('[aria-busy], [aria-disabled]').length,
  regions: regions.map(r => r && !r.closest('main') ? r.getAttribute('role') : null),
  alert: regions[0] ? regions[0].textContent : null,
  top: document.querySelector('h1').getBoundingClientRect().top,
  height: innerHeight,
};
"""
SERIALISED = "return '<!doctype html>' + document.documentElement.outerHTML"


@dataclass(frozen=True)
class Arrival:
    """`faults` is empty where a person, and a screen reader, can go on; `swapped` when htmx brought the page."""

    swapped: bool
    focus: str
    title: str
    heading: str
    faults: tuple[str, ...]


def look(browser: Browser) -> Arrival:
    """The page that is shown. One that the browser loaded begins at its top, without a focus, unless it has errors."""
    seen: dict[str, Any] = browser.execute_script(LOOK)
    wanted = "errors" if seen["errors"] else "h1" if seen["swapped"] else "body"
    heading = seen["heading"][0] if seen["heading"] else ""
    in_view = not seen["swapped"] or seen["errors"] or 0 <= seen["top"] < seen["height"]
    rules = {
        f"focus is on {seen['focus']}, not {wanted}": seen["focus"] == wanted,
        f"{len(seen['heading'])} h1": len(seen["heading"]) == 1,
        f"{seen['mains']} main": seen["mains"] == 1,
        f"{seen['titles']} title": seen["titles"] == 1,
        f"ids twice: {seen['twice']}": not seen["twice"],
        f"{seen['busy']} elements still busy": not seen["busy"],
        f"live regions: {seen['regions']}": seen["regions"] == ["alert", "status"],
        f"an alert remains: {seen['alert']}": not seen["alert"],
        f"title « {seen['title']} » does not tell the error": seen["errors"] == seen["title"].startswith("Erreur"),
        f"title « {seen['title']} » is not of this page": _first_words(heading) in seen["title"],
        f"the heading is at {seen['top']} of {seen['height']}": in_view,
    }
    faults = tuple(said for said, held in rules.items() if not held)
    return Arrival(seen["swapped"], seen["focus"], seen["title"], heading, faults)


def _first_words(heading: str) -> str:
    return " ".join(heading.split()[:3])


def check_serialised(browser: Browser, path: str, status: int) -> None:
    """Every rule of a response, on the page as the scripts have left it (RGAA 8.2 judges that one)."""
    html: str = browser.execute_script(SERIALISED)
    check_page(html, url=path, locale="fr", status=status)
