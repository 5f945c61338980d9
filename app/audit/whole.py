"""What only shows over all states together: the same words for the same question, help in the same place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.audit.findings import Finding
from app.audit.view import View

ENGINE = "whole"
LEAST_HOURS = 20
"""A session shorter than this has a limit of time (RGAA 13.1, WCAG 2.2.1)."""


@dataclass(slots=True)
class Whole:
    """Takes in one view after the other, and tells in the end what does not go together."""

    labels: dict[tuple[str, str], tuple[str, View]] = field(default_factory=dict)
    footers: dict[tuple[str, str], View] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    rules: set[str] = field(default_factory=lambda: {"same-labels", "same-help"})
    """Those that had something to look at."""

    def take(self, view: View) -> None:
        self._labels(view)
        self._footer(view)
        self._check(view)

    def _labels(self, view: View) -> None:
        """One question of a procedure always bears the same words."""
        for question in view.state.asked.fields if view.state.asked else ():
            if "{" in question.label.source:
                continue
            control: Mapping[str, Any] | None = next(
                (one for one in view.page["controls"] if one["id"] == question.id), None
            )
            if control is None:
                continue
            said = str(control["label"])
            first, where = self.labels.setdefault((view.state.procedure, question.id), (said, view))
            if first != said:
                why = f"« {said} » s'appelle ailleurs « {first} » ({where.state.name})."
                self.found.append(_finding(view, "same-labels", control, why, "11.3"))

    def _footer(self, view: View) -> None:
        """Two links of the footer stand in the same order on every page, and help is on every page."""
        links: Sequence[str] = view.page["footer"]
        for place, one in enumerate(links):
            for other in links[place + 1 :]:
                self.footers.setdefault((one, other), view)
                if (other, one) in self.footers and one != other:
                    where = self.footers[other, one].state.name
                    why = f"« {one} » est avant « {other} », et après dans {where}."
                    self.found.append(_finding(view, "same-help", "footer", why, "12.2"))
        if not any("/help" in str(link) for link in view.page["helps"]):
            self.found.append(_finding(view, "same-help", "footer", "la page ne mène pas à l'aide.", "12.2"))

    def _check(self, view: View) -> None:
        """Every answer can be changed from the page that checks them."""
        checks = view.state.sort == "check" and view.state.status == 200
        self.rules |= {"check-answers"} if checks else set()
        if checks and not any("return=check" in str(one["goal"]) for one in view.page["actions"]):
            why = "aucune réponse ne peut être corrigée depuis « Vérifier vos réponses »."
            self.found.append(_finding(view, "check-answers", "main", why, "11.12"))


def _finding(view: View, rule: str, at: Mapping[str, Any] | str, message: str, *criteria: str) -> Finding:
    target, html = (at, "") if isinstance(at, str) else (str(at["target"]), str(at["html"]))
    return Finding(ENGINE, rule, "fault", target, html, message, view.state.name, view.state.path, criteria)


def session(draft_days: int) -> Iterator[Finding]:
    """No draft ends before twenty hours have passed."""
    if draft_days * 24 < LEAST_HOURS:
        why = f"une demande s'efface au bout de {draft_days} jours : il en faut un au moins."
        yield Finding(ENGINE, "session", "fault", "html", "", why, "-", "/", ("13.1",))


RULES = ("same-labels", "same-help", "check-answers", "session")
