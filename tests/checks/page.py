"""`check_page`: every rule on one HTML response, all problems in one message."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from tests.checks import forms, references, safety, structure
from tests.checks.tree import Page

Rule = Callable[[Page], Iterator[str]]

RULES: dict[str, Rule] = {
    "valid HTML": structure.valid_html,
    "content model": structure.content_model,
    "one h1": structure.one_heading,
    "heading levels": structure.heading_levels,
    "title": structure.title,
    "refused form": structure.refused_form,
    "language": structure.language,
    "landmarks": structure.landmarks,
    "unique ids": structure.unique_ids,
    "named controls": forms.named_controls,
    "groups": forms.grouped,
    "forms": forms.sendable,
    "errors": forms.told_errors,
    "references": references.resolved,
    "anchors": references.anchors,
    "keyboard": references.keyboard,
    "nothing inline": safety.nothing_inline,
    "own files": safety.own_files,
    "new windows": safety.known_window,
}


def check_page(
    html: str, *, url: str, locale: str, status: int, full: bool = True, without: Collection[str] = ()
) -> None:
    """Raise AssertionError with every problem of the response.

    `full` is False for what htmx swaps in: a `<title>` and a `<main>`. `without` names rules that do not apply here.
    """
    if unknown := set(without) - RULES.keys():
        raise ValueError(f"no such rule: {', '.join(sorted(unknown))}")
    problems = find_problems(Page.parse(html, url=url, locale=locale, status=status, full=full), without)
    if problems:
        part = "" if full else " (as htmx gets it)"
        listed = "\n".join(f"  - {problem}" for problem in problems)
        raise AssertionError(f"{url}{part}, status {status}: {len(problems)} problem(s)\n{listed}")


def find_problems(page: Page, without: Collection[str] = ()) -> list[str]:
    return [f"{name}: {problem}" for name, rule in RULES.items() if name not in without for problem in rule(page)]
