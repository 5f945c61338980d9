"""What is printed once for many people is what the templates print for each of them, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.pages import once
from app.pages.once import framed, is_common
from app.pages.render import _print_frame, render_page
from app.pages.views import ChangeNotice, Chrome, Hidden, StepView
from tests.pages.samples import CHROME, PAGES

TITLE, MAIN = "<title>Un titre</title>", '<main id="main" class="wrap">\ue0001\ue001</main>'
NOTICE = ChangeNotice("La démarche a changé", ("Une question",), "/fr/p/d/read", "/fr/p/d/name")


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
                place=f'p/{draft}/name?"&<',
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


STEPS = [view for view in PAGES.values() if isinstance(view, StepView)]


def people() -> list[tuple[StepView, Chrome]]:
    """The step pages of the samples, each met by several people, with and without something said once."""
    found = []
    for view, chrome in product(STEPS, chromes()):
        token = chrome.csrf_token
        actions = replace(view.actions, url=f'/fr/p/{token}?"&<', hidden=(Hidden("digest", f"digest-{token}"),))
        found.append((replace(view, common=True, actions=actions, back_url=f"/fr/p/{token}/back"), chrome))
        quiet = replace(chrome, said=None, notice=None, error=False)
        found.append((replace(view, common=True, actions=actions), quiet))
        found.append((replace(view, common=True, back_url=None), quiet))
    return found


@pytest.mark.parametrize("partial", [True, False])
def test_every_person_gets_their_own_page(partial: bool) -> None:
    for view, chrome in [*people(), *reversed(people())]:
        whole = render_page(replace(view, common=False), chrome, partial=partial)
        assert render_page(view, chrome, partial=partial) == whole


def test_a_common_page_is_printed_once() -> None:
    plain = [(view, chrome) for view, chrome in people() if is_common(view, chrome)]
    assert plain
    for view, chrome in plain:
        render_page(view, chrome)
    before = set(once._steps)
    for view, chrome in plain:
        render_page(view, replace(chrome, csrf_token="another"))
    assert set(once._steps) == before


def test_a_page_with_something_of_a_person_is_never_kept() -> None:
    for view in STEPS:
        for rare in (replace(view, common=False), replace(view, common=True, item="Aminata")):
            assert not is_common(rare, CHROME)
        assert not is_common(replace(view, common=True), replace(CHROME, said="Aminata"))
        assert not is_common(replace(view, common=True), replace(CHROME, notice=NOTICE))
