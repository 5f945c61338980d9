"""Pages that hold nobody's data: what a person reads before they begin, where they find help, what a monitor asks."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import brotli  # type: ignore[import-untyped]
import pytest

from app.journey.walk import estimate
from tests.web.installation import Installation, application, install, publish
from tests.web.routes import finish, visit_token, with_file
from tests.web.test_errors import words
from tests.web.test_ready import same
from tests.web.trial import FAMILY, HEAD, PLAIN, Draft, draft, install_trial, site_of

CLOSED = """
procedure: "ferme"
title: "Une démarche fermée"
suspended:
  since: "2026-11-01"
  title: "Le service est fermé"
  body: "La préfecture ne prend plus ces demandes."
  go_to:
    - {title: "Le titre d'essai", procedure: "essai"}
    - {title: "Téléphonez", phone: "0 806 001 620"}
steps: [{id: "one", title: "Une question", fields: [{id: "word", kind: "text", label: "Un mot"}]}]
channels:
  online: {kind: "external", title: "Le site", url: "https://example.org/", files: "yes", source: "R1"}
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("public")
    return install_trial(folder, environment={"GUICHET_CONTACT": "aide@example.org"}, others={"ferme": CLOSED + HEAD})


def page(trial: Installation, path: str) -> str:
    reply = trial.client().get(path)
    assert reply.status_code == 200
    return same(words(reply))


# --- the catalogue


def test_the_first_address_leads_to_the_catalogue(trial: Installation) -> None:
    for language in ("", "fr", "ti,prs;q=0.5", "*", "x" * 500, "fr;q=zzz"):
        reply = trial.client().get("/", headers={"Accept-Language": language})
        assert (reply.status_code, reply.location) == (302, "/fr/")
        assert "Accept-Language" in reply.vary


def test_the_catalogue_says_what_each_procedure_is_and_how_long_it_takes(trial: Installation) -> None:
    shown = page(trial, "/fr/")
    assert "Le titre d'essai Une demande pour essayer. Temps pour remplir" in shown
    assert "Une démarche fermée" in shown
    assert "Le service est fermé" in shown
    assert "Reprendre avec un code" in shown
    assert "Commencées sur ce téléphone" not in shown


def test_the_catalogue_shows_the_drafts_of_this_browser_and_of_no_other(trial: Installation) -> None:
    mine = draft(trial, PLAIN)
    ready = finish(draft(trial, PLAIN, client=mine.client))
    other = draft(trial, PLAIN)
    shown = mine.client.get("/fr/").get_data(as_text=True)
    for at, state in ((mine, "à continuer"), (ready, "prêt")):
        assert re.search(rf'href="{at.url()}">Continuer.*?Commencé le 24 novembre 2026</p>|{at.id}', shown)
        assert state in shown
    assert other.id not in shown
    assert mine.id in mine.client.get("/fr/essai/").get_data(as_text=True)
    assert mine.id not in mine.client.get("/fr/ferme/").get_data(as_text=True)


def test_a_draft_that_was_erased_is_not_offered(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    site_of(trial).store.drafts.erase(at.id)
    assert at.id not in at.client.get("/fr/").get_data(as_text=True)


def test_a_catalogue_without_procedures_says_so(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    reply = install(tmp_path, procedures=tmp_path / "procedures").client().get("/fr/")
    assert reply.status_code == 200
    assert "Aucune démarche n'est ouverte pour le moment." in same(words(reply))


# --- the start page


def test_the_start_page_says_who_it_is_for_and_what_one_needs(trial: Installation) -> None:
    shown = page(trial, "/fr/essai/")
    assert "C'est pour vous si Vous habitez en France." in shown
    assert "Ce n'est pas pour vous si Vous êtes français ou française." in shown
    for document in ("Passeport", "Preuve d'adresse", "Acte de naissance", "Photo", "Autre papier"):
        assert document in shown
    bounds = estimate(site_of(trial).published.current["essai"])
    assert bounds.min_questions < bounds.max_questions
    assert f"{bounds.min_questions} à {bounds.max_questions} questions" in shown
    assert f"{bounds.min_minutes} à {bounds.max_minutes} minutes" in shown
    assert "180 jours après votre dernière visite" in shown


def test_the_start_page_says_the_price_and_what_is_not_sure_of_it(trial: Installation) -> None:
    shown = page(trial, "/fr/essai/").partition("Prix")[2].partition("Délais")[0]
    assert re.search(r"25 €\. Le timbre s'achète en ligne\.\s+à vérifier", shown)
    assert "Le prix de la carte est sur le site de la préfecture." in shown
    assert "9 €" not in shown, "a price whose time is over is not shown"
    assert "Ce service est gratuit. Personne ne peut vous vendre un rendez-vous." in shown


def test_the_start_page_gives_time_limits_as_dates(trial: Installation) -> None:
    shown = page(trial, "/fr/essai/")
    assert "Si vous déposez aujourd'hui un dossier complet, sans réponse avant le 24 mars 2027 (4 mois)" in shown
    trial.clock.forward(days=10)
    try:
        assert "avant le 4 avril 2027 (4 mois)" in page(trial, "/fr/essai/")
    finally:
        trial.clock.forward(days=-10)


def test_the_start_page_shows_every_way_person_and_paper(trial: Installation) -> None:
    reply = trial.client().get("/fr/essai/")
    shown, html = same(words(reply)), reply.get_data(as_text=True)
    for said in ("Le site d'essai", "Le guichet d'essai", "Prenez rendez-vous.", "Le centre d'essai", "Le matin"):
        assert said in shown
    assert "0 806 001 620 (appel gratuit)" in shown
    assert 'href="tel:0806001620"' in html
    assert 'href="/fr/essai/formulaire.pdf"' in html
    assert "Ici, on vous aide. Rien n'est déposé." in shown
    assert '<p class="lead">Ce service' not in html


def test_the_start_page_says_where_it_comes_from_and_what_is_not_confirmed(trial: Installation) -> None:
    reply = trial.client().get("/fr/essai/")
    shown = same(words(reply))
    assert "La préfecture d'essai" in shown
    assert "Vérifié le 20 novembre 2026." in shown
    assert re.search(r"Code d'essai, R1-2\s+lu le 20 novembre 2026", shown)
    assert 'href="https://example.org/code"' in reply.get_data(as_text=True)
    unsure = shown.partition("Ce que nous n'avons pas pu vérifier")[2].partition("D'où viennent")[0]
    for said in ("Autre papier", "Le centre d'essai", "25 €"):
        assert said in unsure
    assert "Le guichet d'essai" not in unsure


def test_a_review_that_is_overdue_is_said_and_stops_nothing(trial: Installation) -> None:
    assert "n'ont pas été relues depuis longtemps" not in page(trial, "/fr/essai/")
    trial.clock.forward(days=400)
    try:
        reply = trial.client().get("/fr/essai/")
        assert "n'ont pas été relues depuis longtemps" in same(words(reply))
        assert "Commencer" in words(reply)
    finally:
        trial.clock.forward(days=-400)


def test_a_closed_procedure_says_why_and_where_to_go_and_cannot_be_begun(trial: Installation) -> None:
    client = trial.client()
    reply = client.get("/fr/ferme/")
    shown, html = same(words(reply)), reply.get_data(as_text=True)
    assert "La préfecture ne prend plus ces demandes." in shown
    assert 'href="/fr/essai/"' in html
    assert "Le centre d'essai" in shown
    assert not re.search(r"<button[^>]*>Commencer", html)
    token = visit_token(draft(trial, PLAIN, client=client))
    refused = client.post("/fr/ferme/", data={"csrf_token": token})
    assert refused.status_code == 409
    assert "La préfecture ne prend plus ces demandes." in words(refused)


def test_a_broken_file_hides_nothing_and_keeps_the_last_good_one(tmp_path: Path) -> None:
    trial = install_trial(tmp_path)
    at = draft(trial, PLAIN)
    (tmp_path / "procedures" / "essai" / "procedure.yaml").write_text("procedure: [", encoding="utf-8")
    (tmp_path / "procedures" / "neuf").mkdir()
    (tmp_path / "procedures" / "neuf" / "procedure.yaml").write_text("title: 3", encoding="utf-8")
    publish(trial.settings)
    after = application(trial.settings, trial.clock)
    at.client.application = after
    assert at.client.get("/fr/essai/").status_code == 200
    assert at.client.get(at.url("you")).status_code == 200
    assert at.client.get("/fr/neuf/").status_code == 404


# --- help, resume, accessibility


def test_help_says_how_it_works_and_every_way_without_internet(trial: Installation) -> None:
    reply = trial.client().get("/fr/help")
    shown = same(words(reply))
    assert "Personne ne vous demandera d'argent ni de mot de passe ici." in shown
    for said in ("Le titre d'essai", "Une démarche fermée", "Le guichet d'essai", "0 806 001 620"):
        assert said in shown
    html = reply.get_data(as_text=True)
    assert 'id="papier"' in html
    assert "/fr/essai/formulaire.pdf" in html


def test_every_page_leads_to_help_paper_and_accessibility_at_the_same_place(trial: Installation) -> None:
    at = with_file(trial)
    orders = set()
    for path in ("/fr/", "/fr/essai/", "/fr/help", "/fr/resume", "/nothing/", at.url("you"), at.url("documents")):
        html = at.client.get(path).get_data(as_text=True).partition("<footer")[2]
        named = re.findall(r">(Aide et contacts|Faire (?:cette|une) démarche sans internet|Accessibilité)", html)
        of_one = "/essai/" in path
        assert ("Faire cette démarche sans internet" in named) is of_one, "'this' is said of a procedure only"
        orders.add((named[0], named[1].replace("cette", "une"), named[2]))
    assert orders == {("Aide et contacts", "Faire une démarche sans internet", "Accessibilité")}


def test_what_one_procedure_says_of_a_contact_is_told_to_nobody_else(trial: Installation, tmp_path: Path) -> None:
    note = 'hours: "Le matin", how: "Allez-y avant de vous séparer.", free: "yes"'
    other = CLOSED.replace('procedure: "ferme"', 'procedure: "autre"') + HEAD.replace(
        'hours: "Le matin", free: "yes"', note
    )
    both = install_trial(tmp_path, others={"autre": other})
    for path in ("/fr/nowhere/", "/fr/help"):
        html = both.client().get(path).get_data(as_text=True)
        everywhere = html.partition('id="papier"')[0]
        assert "0 806 001 620" in same(everywhere)
        assert "avant de vous séparer" not in everywhere
    assert "avant de vous séparer" in html, "help tells it under the procedure that it is for"


def test_help_gives_a_contact_of_several_procedures_once(trial: Installation) -> None:
    html = trial.client().get("/fr/help").get_data(as_text=True)
    assert html.count('href="tel:0806001620"') == 1
    kept = "180 jours après votre dernière visite"
    assert kept in html
    assert kept in trial.client().get("/fr/essai/").get_data(as_text=True), "the same words everywhere"
    assert "peut se faire sur papier" not in html, "some can only be done on a site"


def test_nobody_is_asked_to_write_to_us_where_no_contact_is_named(tmp_path: Path, trial: Installation) -> None:
    asked = "Dites-le-nous. Vous avez le droit de recevoir une réponse"
    silent = same(words(install_trial(tmp_path).client().get("/fr/accessibility")))
    assert asked not in silent
    assert "Qui tient ce service n'a donné aucun contact pour cela." in silent
    assert "09 69 39 00 00" in silent
    assert asked in same(words(trial.client().get("/fr/accessibility")))


def test_the_accessibility_page_claims_nothing_that_nobody_checked(trial: Installation) -> None:
    reply = trial.client().get("/fr/accessibility")
    shown = same(words(reply))
    assert "non encore vérifiée" in shown
    assert "Nous ne donnons donc aucun taux." in shown
    assert 'href="mailto:aide@example.org"' in reply.get_data(as_text=True)
    assert "Défenseur des droits" in shown
    assert "09 69 39 00 00" in shown


def test_the_page_for_a_code_takes_it_by_post_only(trial: Installation) -> None:
    html = trial.client().get("/fr/resume").get_data(as_text=True)
    assert re.search(r'<form method="post" action="/fr/resume"[^>]*>', html)
    assert 'autocomplete="off"' in html


# --- links


def links(html: str, base: str) -> set[str]:
    """Our own addresses that a page leads to, fragments left out."""
    found = {urljoin(base, href) for href in re.findall(r'<a[^>]* href="([^"]+)"', html)}
    return {urlsplit(href)._replace(fragment="").geturl() for href in found if href.startswith("/")}


@pytest.mark.parametrize("ends", [False, True])
def test_no_link_of_the_service_is_broken(trial: Installation, ends: bool) -> None:
    """From the catalogue and from inside a draft, as far as links go; papers are asked for once."""
    at = draft(trial, FAMILY)
    if ends:
        finish(at)
    waiting, seen = {"/fr/", at.url("")}, set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        reply = at.client.get(address)
        assert reply.status_code in (200, 303), address
        if reply.status_code == 303:
            waiting |= {reply.location} - seen
        elif reply.mimetype == "text/html":
            waiting |= links(reply.get_data(as_text=True), address) - seen
    assert {at.url(path) for path in ("you", "children/1", "documents", "check", "leave", "erase")} <= seen
    assert len(seen) > 20


# --- files and health


def test_styles_and_scripts_are_compressed_and_kept_for_ever(trial: Installation) -> None:
    client = trial.client()
    html = client.get("/fr/").get_data(as_text=True)
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    assert {Path(name).suffix for name in files} == {".css", ".js", ".svg"}
    for name in files:
        plain = client.get(name)
        assert plain.status_code == 200
        assert "immutable" in plain.headers["Cache-Control"]
        assert hashlib.sha256(plain.data).hexdigest()[:12] in name
        assert "Set-Cookie" not in plain.headers
        for encoding, read in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            packed = client.get(name, headers={"Accept-Encoding": encoding})
            assert packed.headers["Content-Encoding"] == encoding
            assert read(packed.data) == plain.data
            assert "Accept-Encoding" in packed.vary
        assert "Content-Encoding" not in client.get(name, headers={"Accept-Encoding": "br;q=0"}).headers


@pytest.mark.parametrize(
    "name", ["../app/web/site.py", "..%2f..%2fpyproject.toml", "css/guichet.css", "x", "%00", "css/"]
)
def test_only_files_that_are_shipped_are_given(trial: Installation, name: str) -> None:
    reply = trial.client().get(f"/static/{name}")
    assert reply.status_code == 404
    assert "Cette page n'existe pas" in same(words(reply))


def test_the_monitor_is_told_that_all_is_well(trial: Installation) -> None:
    reply = trial.client().get("/healthz")
    assert (reply.status_code, reply.data, reply.mimetype) == (200, b"ok\n", "text/plain")
    assert "Set-Cookie" not in reply.headers
    assert trial.client().head("/healthz").status_code == 200


def test_drafts_of_a_procedure_that_is_no_longer_served_stay_open(tmp_path: Path) -> None:
    trial = install_trial(tmp_path, others={"ferme": CLOSED + HEAD})
    at: Draft = draft(trial, PLAIN)
    (tmp_path / "procedures" / "essai" / "procedure.yaml").unlink()
    at.client.application = application(trial.settings, trial.clock)
    assert at.client.get("/fr/essai/").status_code == 404
    assert at.client.get(at.url("you")).status_code == 200
    assert at.client.get("/fr/").status_code == 200
    assert finish(at).record.state == "ready"
    closed = at.client.get("/fr/ferme/").get_data(as_text=True)
    assert "Le titre d&#39;essai" in closed
    assert 'href="/fr/essai/"' not in closed, "what is not served is no link"
