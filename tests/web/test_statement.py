"""The accessibility statement claims what the last audit of the running revision found, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.locale import available
from app.web.evidence import Evidence, EvidenceError, Status, load, save
from app.web.revision import running
from tests.web.auditing import NAMED, audit_of, audited
from tests.web.installation import Installation, publish
from tests.web.test_errors import words
from tests.web.test_ready import same
from tests.web.trial import install_trial, site_of

PLAN = "https://example.org/schema"
Stated = Callable[..., str]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    environment = {**NAMED, "GUICHET_ACCESSIBILITY_PLAN": PLAN}
    return install_trial(tmp_path_factory.mktemp("statement"), environment=environment)


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("nameless"))


@pytest.fixture
def stated(named: Installation) -> Stated:
    """The page of a service that finds this audit when it starts."""

    def show(*statuses: Status, change: Callable[[Evidence], Evidence] = lambda found: found) -> str:
        found = change(audit_of(site_of(named).revision, *statuses))
        save(named.settings.audit, found)
        named.restart()
        return shown(named)

    return show


def shown(installation: Installation) -> str:
    return same(words(installation.client().get("/fr/accessibility")))


def test_a_revision_that_was_never_audited_says_so_and_gives_no_rate(named: Installation) -> None:
    named.settings.audit.unlink(missing_ok=True)
    named.restart()
    page = shown(named)
    assert "Déclaration d'accessibilité : non conforme" in page
    assert "n'a pas encore été vérifiée. Nous ne donnons donc aucun taux." in page
    assert " %" not in page
    assert "Contenus non accessibles" not in page, "nothing was looked for"


def test_while_a_criterion_is_not_tested_no_rate_is_published(stated: Stated) -> None:
    page = stated("NT", "NA")
    assert "Déclaration d'accessibilité : non conforme" in page
    assert "Tant qu'un critère n'est pas testé, nous ne donnons aucun taux." in page
    assert "Critères non testés : 1" in page
    assert " %" not in page
    assert "1.1 : Les images qui informent ont une alternative" in page


@pytest.mark.parametrize(
    ("statuses", "state", "rate"),
    [
        ((), "totalement conforme", "100 %"),
        (("NA", "NA"), "totalement conforme", "100 %"),
        (("NC",), "partiellement conforme", "99 %"),
        (("NC",) * 53, "partiellement conforme", "50 %"),
        (("NC",) * 54, "non conforme", "49 %"),
    ],
)
def test_the_state_is_that_of_the_law(
    named: Installation, stated: Stated, statuses: tuple[Status, ...], state: str, rate: str
) -> None:
    page = stated(*statuses)
    assert f"Déclaration d'accessibilité : {state}" in page
    assert state in named.client().get("/fr/").text.partition("<footer")[2], "as on every page"
    assert f"{rate} des critères du RGAA sont respectés." in page
    assert ("1.1 : Les images" in page) == ("NC" in statuses)


def test_an_audit_of_another_revision_is_worth_nothing(stated: Stated) -> None:
    page = stated(change=lambda found: replace(found, revision="0" * 64))
    assert "Déclaration d'accessibilité : non conforme" in page
    assert "La vérification du 24 novembre 2026 portait sur une autre version" in page
    assert " %" not in page


def test_an_audit_ends_after_three_years(stated: Stated) -> None:
    old = stated(change=lambda found: replace(found, at=found.at.replace(year=2023)))
    assert "Sa vérification du 24 novembre 2023 a plus de trois ans : elle ne compte plus." in old
    assert " %" not in old
    young = stated(change=lambda found: replace(found, at=found.at.replace(year=2023, day=25)))
    assert "100 % des critères" in young


def test_everything_that_the_form_asks_for_is_there_in_its_order(stated: Stated) -> None:
    page = stated("NC")
    asked = (
        "L'association d'essai s'engage à rendre ce service accessible, conformément à l'article 47",
        "Schéma pluriannuel", "État de conformité", "Résultats des tests", "Contenus non accessibles",
        "Non-conformités", "Dérogations pour charge disproportionnée",
        "Contenus non soumis à l'obligation d'accessibilité", "Établissement de cette déclaration",
        "calculée à partir de la vérification du 24 novembre 2026", "Technologies utilisées",
        "Environnement de test", "axe 4.14.1",
        "NVDA 2026.3, Firefox 140 ( auditrice )", "Pages vérifiées", "Vos démarches", "Le titre d'essai",
        "Retour d'information et contact", "aide@example.org", "Voies de recours", "Défenseur des droits",
    )  # fmt: skip
    places = [page.find(part) for part in asked]
    assert -1 not in places, asked[places.index(-1)]
    assert places == sorted(places)


def test_without_a_name_and_a_contact_nothing_is_declared(nameless: Installation) -> None:
    save(nameless.settings.audit, audit_of(site_of(nameless).revision, "NT"))
    nameless.restart()
    page = shown(nameless)
    assert "Déclaration d'accessibilité" not in page
    assert "Accessibilité : vérifiée en partie" in page
    assert "Qui tient ce service n'a pas donné de nom." in page
    assert "Une déclaration d'accessibilité demande un nom et un contact." in page
    assert "s'engage" not in page


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', '{"format": 1, "criteria": []}', "\x00"])
def test_a_file_that_cannot_be_read_claims_nothing(
    named: Installation, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    named.settings.audit.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError):
        load(named.settings.audit)
    named.restart()
    assert "n'a pas encore été vérifiée" in shown(named)
    assert "the audit cannot be read" in caplog.text


def test_a_status_that_is_none_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "audit.json", audit_of("x"))
    assert load(tmp_path / "audit.json") == audit_of("x")
    plain = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    plain["criteria"][0]["status"] = "conforme"
    (tmp_path / "audit.json").write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(EvidenceError):
        load(tmp_path / "audit.json")


@pytest.mark.parametrize("language", [language.code for language in available()])
def test_the_statement_is_in_every_language(named: Installation, language: str) -> None:
    with audited(named, "NC", "NT"):
        reply = named.client().get(f"/{language}/accessibility")
    assert reply.status_code == 200
    assert ('lang="fr"' in reply.text.partition("<main")[2]) == (language != "fr"), "the criteria are in French"
    if language != "fr":
        assert "Déclaration" not in words(reply)


def test_another_procedure_is_another_revision(tmp_path: Path) -> None:
    trial = install_trial(tmp_path)
    before = site_of(trial)
    assert running(before.published) == before.revision
    file = tmp_path / "procedures" / "essai" / "procedure.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Le titre d'essai", "Un autre titre", 1), encoding="utf-8")
    publish(trial.settings)
    trial.restart()
    assert site_of(trial).revision != before.revision
