"""Private steps (violence, separation): a quick way out on each of their pages, and on no other."""

from __future__ import annotations

from pathlib import Path

from tests.web.test_errors import words
from tests.web.trial import HEAD, Draft, draft, install_trial

PRIVATE = """
procedure: "prive"
title: "Une démarche privée"
steps:
  - {id: "one", title: "Une question", fields: [{id: "word", kind: "text", label: "Un mot"}]}
  - id: "acts"
    title: "Ce qui s'est passé"
    private: "yes"
    repeat: {min: 1, max: 3, item: "{answer.what}"}
    fields: [{id: "what", kind: "text", label: "Quoi ?"}]
channels:
  online: {kind: "external", title: "Le site", url: "https://example.org/", files: "yes", source: "R1"}
"""
ANSWERS = {"word": "mot", "acts": [{"id": "1", "answers": {"what": "Des coups"}}], "_items": {"acts": 1}}
WAY_OUT = "Quitter vite cette page"


def test_every_page_of_a_private_step_has_a_quick_way_out(tmp_path: Path) -> None:
    trial = install_trial(tmp_path, others={"prive": PRIVATE + HEAD})
    at: Draft = draft(trial, ANSWERS, slug="prive")
    for path in ("acts", "acts/1", "remove/acts/1"):
        for headers in ({}, {"HX-Request": "true"}):
            assert WAY_OUT in at.client.get(at.url(path), headers=headers).get_data(as_text=True), path
    for path in ("one", "saved", "leave"):
        assert WAY_OUT not in words(at.client.get(at.url(path))), path


def test_the_way_out_goes_when_htmx_leads_to_another_page(tmp_path: Path) -> None:
    trial = install_trial(tmp_path, others={"prive": PRIVATE + HEAD})
    at = draft(trial, ANSWERS, slug="prive")
    reply = at.client.post(
        at.url("acts/1"),
        data={"csrf_token": at.csrf, "action": "save", "what": "Des coups"},
        headers={"HX-Request": "true"},
    )
    assert reply.headers["HX-Push-Url"] == at.url("saved")
    assert WAY_OUT not in reply.get_data(as_text=True)
