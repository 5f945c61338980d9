"""A small procedure that has one of everything a page can show, and drafts of it that stand where a test begins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from app.spec.catalogue import Catalogue
from app.spec.diagnostics import render
from app.store.drafts import DraftRecord
from app.web.site import EXTENSION, Site
from tests.web.installation import Clock, Installation, install

SLUG = "essai"

HEAD = """
language: "fr"
summary: "Une demande pour essayer."
for: ["Vous habitez en France."]
not_for: ["Vous êtes français ou française."]
authority: "La préfecture d'essai"
sources:
  - {title: "Code d'essai", kind: "law", reference: "R1-2", url: "https://example.org/code", checked_on: "2026-11-20"}
checked_on: "2026-11-20"
review_by: "2027-11-20"
contacts:
  - {title: "Le centre d'essai", phone: "0 806 001 620", hours: "Le matin", free: "yes", needs_review: "yes"}
"""
"""What every small procedure begins with, its name and title left out."""

TRIAL = (
    """
procedure: "essai"
title: "Le titre d'essai"
"""
    + HEAD
    + """
facts:
  stamp:
    periods: [{value: 25, unit: "EUR", source: "Code d'essai", needs_review: "yes"}]
  card:
    periods: [{value: 9, unit: "EUR", until: "2020-12-31", source: "Code d'essai"}]
    fallback: "Le prix de la carte est sur le site de la préfecture."
fees:
  - {fact: "stamp", due: "filing", says: "Le timbre s'achète en ligne."}
  - {fact: "card", due: "hand_over"}
steps:
  - id: "you"
    title: "Vous"
    fields:
      - {id: "name", kind: "name", label: "Votre nom"}
      - {id: "born", kind: "date", label: "Votre date de naissance", not_after: "today"}
      - id: "situation"
        kind: "radios"
        label: "Votre situation"
        choices:
          - {id: "plain", label: "Ordinaire"}
          - {id: "family", label: "Avec des enfants"}
          - {id: "french", label: "Français ou française"}
          - {id: "early", label: "Trop tôt"}
      - id: "helps"
        kind: "checkboxes"
        label: "Qui vous aide ?"
        required: "no"
        choices: [{id: "friend", label: "Une amie"}, {id: "group", label: "Une association"}]
      - {id: "story", kind: "long_text", label: "Votre histoire", required: "no", max_length: 400}
  - id: "children"
    title: "Vos enfants"
    when: {situation: "family"}
    repeat: {min: 1, max: 2, item: "{answer.first_name}"}
    fields:
      - {id: "first_name", kind: "name", label: "Prénom de l'enfant"}
  - id: "safety"
    title: "Votre sécurité"
    private: "yes"
    fields:
      - {id: "danger", kind: "yes_no", label: "Êtes-vous en danger ?"}
  - id: "photo"
    title: "Votre photo"
    fields:
      - {id: "photo_code", kind: "text", label: "Code de la photo", required: "no", max_length: 22}
outcomes:
  - id: "french"
    effect: "stop"
    when: {situation: "french"}
    title: "Vous n'avez pas besoin de titre"
    body: "Une personne française n'a pas de titre."
    source: "Code d'essai, R1"
    go_to: [{title: "La mairie", office: "La mairie de votre ville"}, {title: "Le site", url: "https://example.org/id"}]
  - id: "early"
    effect: "first"
    when: {situation: "early"}
    title: "D'abord, attendez votre papier"
    body: "Demandez d'abord l'autre papier."
    go_to: [{title: "Téléphonez", phone: "0 806 001 620"}]
  - {id: "danger", effect: "advise", when: {danger: "yes"}, title: "Parlez à quelqu'un", body: "Appelez le 3919."}
  - {id: "safe", effect: "then", when: {danger: "no"}, title: "Ensuite, gardez vos papiers", body: "Gardez les copies.",
      go_to: [{title: "Recommencer pour une autre personne", procedure: "essai", carry: ["situation", "born"]}]}
documents:
  - id: "passport"
    title: "Passeport"
    why: "Pour savoir qui vous êtes."
    formats: ["pdf", "jpeg", "png"]
    max_size: "0.5 MB"
    files: {min: 1, max: 2}
  - id: "home"
    title: "Preuve d'adresse"
    one_of: [["bill"], ["host_letter", "host_card"]]
    template: "host"
    formats: ["pdf", "jpeg", "png"]
    may_say: ["do_not_have"]
  - {id: "child_deed", title: "Acte de naissance", for_each: "children", formats: ["pdf"]}
  - {id: "picture", title: "Photo", satisfied_by: "photo_code", formats: ["jpeg", "png"]}
  - {id: "old_card", title: "Ancienne carte", due: "hand_over"}
  - {id: "extra", title: "Autre papier", need: "optional", needs_review: "yes"}
parts:
  bill: {title: "Une facture"}
  host_letter: {title: "Une lettre de l'hôte"}
  host_card: {title: "La carte de l'hôte"}
channels:
  online:
    kind: "external"
    title: "Le site d'essai"
    url: "https://example.org/depot"
    files: "yes"
    source: "Code d'essai, R2"
    screens:
      - {title: "Écran un", items: ["name", "born"]}
      - {title: "Écran deux", items: ["home", "passport"]}
  counter: {kind: "counter", title: "Le guichet d'essai", files: "no", helps: "yes", how: "Prenez rendez-vous."}
  here: {kind: "received_here", title: "Ce service", files: "yes", source: "Code d'essai, R2"}
declarations:
  - {id: "truth", text: "Je déclare dire la vérité."}
  - {id: "law", text: "Je sais qu'un mensonge est puni."}
letters:
  - id: "host"
    title: "Attestation d'hébergement"
    to: "La préfecture d'essai"
    subject: "Hébergement de {answer.name}"
    paragraphs: ["Bonjour.", {text: "J'héberge {answer.name}."}]
after_sending:
  stages:
    - {paper: "Confirmation d'essai", proves: "Le dépôt.", does_not_prove: "Le droit de travailler."}
  silence:
    - {after: "4 months", means: "C'est un refus.", from: "complete_file", source: "Code d'essai, R3"}
  remedies:
    - {title: "Recours d'essai", to: "Le préfet", within: "2 months", from: "le refus", how: "Écrivez.", source: "R4"}
"""
)

SHORT = (
    """
procedure: "court"
title: "Une démarche courte"
steps: [{id: "one", title: "Une question", fields: [{id: "word", kind: "text", label: "Un mot"}]}]
channels:
  online: {kind: "external", title: "Le site court", url: "https://example.org/", files: "yes", source: "R1"}
"""
    + HEAD
)
"""Neither documents nor declarations."""

PLAIN: dict[str, Any] = {"name": "Diallo", "born": "1990-05-14", "situation": "plain", "danger": "no"}
FAMILY: dict[str, Any] = {
    **PLAIN,
    "situation": "family",
    "children": [{"id": "1", "answers": {"first_name": "Awa"}}, {"id": "2", "answers": {"first_name": "Samba"}}],
    "_items": {"children": 2},
}
VISITED = ["you", "children", "safety", "photo"]

PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)
"""One blank page: it may be looked at, as every file is."""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"


def install_trial(
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    others: Mapping[str, str] | None = None,
    clock: Clock | None = None,
) -> Installation:
    """An installation that serves the trial procedure, and `others` (slug to YAML)."""
    for slug, text in {SLUG: TRIAL, **(others or {})}.items():
        place = folder / "procedures" / slug
        place.mkdir(parents=True)
        (place / "procedure.yaml").write_text(text, encoding="utf-8")
    made = install(folder, procedures=folder / "procedures", environment=environment, clock=clock)
    served = set(site_of(made).published.current)
    assert served == {SLUG, *(others or {})}, faults(folder / "procedures")
    return made


def faults(folder: Path) -> str:
    """Why a procedure of a test does not compile."""
    found = Catalogue.load(folder)
    errors = [one for many in found.diagnostics.values() for one in many if one.severity == "error"]
    return "\n".join(render(one, found.sources[one.file].split("\n")) for one in errors)


def site_of(installation: Installation) -> Site:
    found: Site = installation.app.extensions[EXTENSION]
    return found


@dataclass
class Draft:
    """A draft that exists already, and the browser that holds its cookie."""

    installation: Installation
    client: FlaskClient
    id: str
    slug: str
    token: str
    code: str
    cookie: str = field(init=False)

    def __post_init__(self) -> None:
        self.cookie = f"guichet-{self.id}"
        self.client.set_cookie(self.cookie, self.token)

    def url(self, rest: str = "") -> str:
        return f"/fr/{self.slug}/{self.id}/{rest}"

    @property
    def csrf(self) -> str:
        return site_of(self.installation).signer.csrf(self.token)

    @property
    def record(self) -> DraftRecord:
        found = site_of(self.installation).store.drafts.load(self.id)
        assert found is not None
        return found

    @property
    def answers(self) -> dict[str, Any]:
        answers: dict[str, Any] = self.record.data["answers"]
        return answers

    def snapshot(self) -> str:
        """Everything that is stored of it, to compare: document, state, files, frozen content."""
        store = site_of(self.installation).store
        frozen = store.submissions.of_draft(self.id)
        files = [(file.id, file.sha256) for file in store.files.of_draft(self.id)]
        kept = frozen and [frozen.reference, frozen.kind, frozen.edition, frozen.content]
        return json.dumps([self.record.data, self.record.state, files, kept], sort_keys=True)


def draft(
    installation: Installation,
    answers: Mapping[str, Any] = PLAIN,
    *,
    slug: str = SLUG,
    client: FlaskClient | None = None,
    data: Mapping[str, Any] | None = None,
) -> Draft:
    """A draft with these stored answers, every page visited, every outcome seen; `data` replaces parts of it."""
    here = site_of(installation)
    procedure = here.published.current[slug]
    document = {
        "answers": {**answers, "_visited": VISITED} if answers else {},
        "pending": {},
        "day": here.today().isoformat(),
        "seen": [outcome.id for outcome in procedure.outcomes] if answers else [],
        **(data or {}),
    }
    record, token, code = here.store.drafts.create(
        procedure=slug,
        revision=procedure.sha256,
        locale="fr",
        mode=here.settings.mode,
        data=document,
    )
    return Draft(installation, client or installation.client(), record.id, slug, token, code)
