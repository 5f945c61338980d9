"""Faults planted in our own files are found, each by the instrument that is there for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.audit.browser import Browser
from app.audit.crossings import CROSSINGS, covering, cross
from app.audit.findings import Finding
from app.audit.installation import served
from app.audit.live import swaps
from app.audit.oracles import ORACLES, findings_of
from app.audit.run import set_stage, touring
from app.audit.stage import audit_states, show
from app.audit.states import State
from app.audit.tour import Tour
from app.audit.view import view_of
from app.pages import environment
from app.pages.assets import Assets
from app.store.tables import buckets
from app.web.site import EXTENSION
from tests.architecture.graph import ROOT
from tests.audit.mutants import MUTANTS, SAMPLE, Mutant
from tests.printed import forget_printed
from tests.web.written import SLUG, write

STEPS = """
- id: "you"
  title: "Qui vous êtes"
  fields:
    - {id: "family_name", kind: "name", label: "Votre nom", hint: "Comme sur votre papier.", example: "Diallo"}
    - {id: "reason", kind: "text", label: "Pourquoi vous écrivez", required: "no"}
    - id: "side"
      kind: "radios"
      label: "Où vous vivez"
      choices: [{id: "here", label: "Ici"}, {id: "far", label: "Loin"}]
    - {id: "born", kind: "date", label: "Votre date de naissance", not_after: "today"}
- id: "children"
  title: "Vos enfants"
  repeat: {min: 1, max: 3, item: "{answer.first}"}
  fields:
    - {id: "first", kind: "name", label: "Prénom de l'enfant", subject: "other"}
"""
CASES = """
- person: "Awa"
  today: "2026-11-24"
  answers:
    family_name: "Diallo"
    side: "here"
    born: "1988-05-03"
    children:
      - first: "Samba"
      - first: "Fanta"
"""
FEW = 4
"""States of a crossing: the fault is everywhere."""


@dataclass
class Workshop:
    """A copy of our files in which faults are planted, and the service that is made of it."""

    root: Path
    tour: Tour
    browser: Browser

    def renew(self) -> None:
        """Forget everything that was printed from the files as they were."""
        forget_printed()
        for one in (self.tour.prepare, self.tour.authority):
            assets = Assets.load(self.root / "static")
            # The policy was written for the style as it was: it would keep out another one that stands in a page.
            assets.__dict__["arrival_urls"] = assets.page_urls
            one.app.extensions[EXTENSION] = replace(one.site, assets=assets)

    def rules(self, mutant: Mutant) -> set[str]:
        """The rules that find something."""
        file = self.root / mutant.file
        good = file.read_text(encoding="utf-8")
        file.write_text(mutant.plant(good), encoding="utf-8")
        try:
            self.renew()
            return {found.rule for found in self.found(mutant.rules)}
        finally:
            file.write_text(good, encoding="utf-8")
            self.renew()

    def found(self, rules: Sequence[str]) -> Iterator[Finding]:
        """What those instruments find that bear these rules."""
        self.tour.richest.clear()
        # Drafts are let in by the clock, and that of a tour stands still.
        with self.tour.prepare.site.store.database.write() as connection:
            connection.execute(delete(buckets))
        states = covering(self.tour.states([SLUG], "fr"))
        self.browser.reset()
        with served(self.tour.prepare) as url:
            set_stage(self.browser, url)
            # A swap leaves the stage, so it comes last.
            for rule in sorted(rules, key=lambda one: one == "swap"):
                yield from self._by(rule, states)

    def _by(self, rule: str, states: list[State]) -> Iterator[Finding]:
        if rule in ORACLES:
            for state in states:
                show(self.browser, state)
                yield from (one for one in findings_of(view_of(self.browser, state)) if one.rule == rule)
        elif rule in CROSSINGS:
            asking = [state for state in states if state.sort == "step"][:FEW]
            for _, _, found in cross(self.browser, asking, [rule]):
                yield from found
        elif rule == "swap":
            ((procedure, person),) = self.tour.richest
            for found in swaps(self.browser, self.tour.prepare, procedure, "fr", person):
                yield from found
        else:
            for _, report in audit_states(self.browser, states[:FEW]):
                yield from (one for one in report.findings if one.rule == rule)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Workshop]:
    root = tmp_path_factory.mktemp("files")
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    write(root / "procedures", STEPS, 'documents:\n  - {id: "deed", title: "Acte de naissance"}\n')
    (root / "procedures" / SLUG / "cases.yaml").write_text(CASES, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, touring(root / "procedures") as tour:
        patch.setattr(environment, "TEMPLATES", root / "templates")
        made = Workshop(root, tour, chromium)
        made.renew()
        yield made
    forget_printed()


def test_there_are_enough_operators_of_every_sort() -> None:
    assert len(MUTANTS) >= 40
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    assert set(SAMPLE) <= {mutant.name for mutant in MUTANTS}
    known = {"label", "color-contrast", "meta-viewport", "swap"}
    used = {rule for mutant in MUTANTS for rule in mutant.rules}
    assert used <= {*ORACLES, *CROSSINGS, *known}
    for mutant in MUTANTS:
        text = (ROOT / mutant.file).read_text(encoding="utf-8")
        assert mutant.plant(text) != text


@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.name in SAMPLE], ids=lambda mutant: mutant.name)
def test_a_few_faults_are_found(workshop: Workshop, mutant: Mutant) -> None:
    assert workshop.rules(mutant) & set(mutant.rules), f"{mutant.name} lives"


@pytest.mark.prove
def test_nothing_is_found_on_our_files_as_they_are(workshop: Workshop) -> None:
    rules = sorted({rule for mutant in MUTANTS for rule in mutant.rules})
    assert [str(found) for found in workshop.found(rules)] == []


@pytest.mark.prove
def test_faults_in_our_own_files_are_found(workshop: Workshop, record_property: Callable[[str, object], None]) -> None:
    """At least 98 of 100."""
    alive = [mutant.name for mutant in MUTANTS if not workshop.rules(mutant) & set(mutant.rules)]
    record_property("operators", len(MUTANTS))
    record_property("alive", ", ".join(alive) or "none")
    assert len(alive) <= 0.02 * len(MUTANTS), alive
