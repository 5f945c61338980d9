"""A frame printed once for many pages is the one that the template prints for each."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from app.pages.frame import framed
from app.pages.render import _print_frame
from app.pages.views import ChangeNotice, Chrome, LanguageLink
from tests.pages.samples import CHROME

TITLE, MAIN = "<title>Un titre</title>", '<main id="main" class="wrap">\ue0001\ue001</main>'
NOTICE = ChangeNotice("La démarche a changé", ("Une question",), "/fr/p/d/read", "/fr/p/d/name")


def languages(path: str) -> tuple[LanguageLink, ...]:
    return (
        LanguageLink("fr", "Français", "ltr", "", current=True),
        LanguageLink("ar", "العربية", "rtl", f"/ar/{path}"),
    )


def chromes() -> list[Chrome]:
    """People in the same places: with and without a draft, with what a page shows once."""
    found = []
    for draft, mode in product(("", "0a1b2c3d4e5", "zyxwvtsrqpn"), ("prepare", "authority")):
        base = f"/fr/p/{draft}"
        found.append(
            replace(
                CHROME,
                mode=mode,  # type: ignore[arg-type]
                csrf_token=f"token-{draft}",
                leave_url=f"{base}/leave" if draft else None,
                check_url=f"{base}/check" if draft else None,
                documents_url=f'{base}/documents?"&<' if draft.startswith("z") else None,
                languages=languages(f"p/{draft}/name"),
                said=f"Ajouté {draft}",
                notice=NOTICE,
                error=bool(draft),
            )
        )
    return found


def test_every_page_gets_its_own_frame() -> None:
    for chrome in [*chromes(), *reversed(chromes())]:
        assert framed(_print_frame, chrome, TITLE, MAIN) == _print_frame(chrome, TITLE, MAIN)


def test_what_one_person_is_shown_stays_with_them() -> None:
    first, second = (chrome for chrome in chromes() if chrome.leave_url and chrome.mode == "prepare")
    framed(_print_frame, first, TITLE, MAIN)
    shown = framed(_print_frame, second, TITLE, MAIN)
    for own in ("0a1b2c3d4e5", "token-", "Ajouté"):
        assert own not in shown
