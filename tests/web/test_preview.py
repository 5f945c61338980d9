"""`guichet preview`: PV01 the service as it is, only framed by its own origin; PV02 the panel says where what one looks
at stands, for whom, and every message; PV03 a change shows at once, and errors leave the last good version in use; PV04
an example fills a draft, on its day; PV05 nothing of the real service is touched, and nobody else may read.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.preview.command import NothingToShow, build, find, listen, main
from app.verify.new import start
from app.web.site import EXTENSION
from tests.architecture.graph import ROOT
from tests.web.installation import install

LABEL = "À écrire : cette démarche est-elle pour vous ?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one procedure, as `guichet new` writes it."""
    made = tmp_path / "demarches"
    made.mkdir()
    for name in ("shared", "tables"):
        shutil.copytree(ROOT / "procedures" / name, made / name)
    start("essai", made, date(2026, 11, 25))
    return made


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "essai" / "procedure.yaml"


@pytest.fixture
def client(tmp_path: Path, folder: Path) -> Iterator[FlaskClient]:
    app = build(tmp_path / "place", folder, "essai")
    yield app.test_client()
    app.extensions[EXTENSION].store.close()


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def panel(client: FlaskClient, at: str, on: str = "") -> str:
    page = client.get("/preview/", query_string={"at": at, "on": on}).get_data(as_text=True)
    words = re.sub(r"<[^>]+>", " ", page.partition('id="panel"')[2].partition("</section>")[0].partition(">")[2])
    return " ".join(words.replace("&#34;", '"').replace("&#39;", "'").split())


def filled(client: FlaskClient, number: int = 0) -> str:
    """Load an example; the address of the page that comes."""
    html = client.get("/preview/").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="(\w+)"', html)
    assert token is not None
    given = {"csrf_token": token[1], "slug": "essai", "number": str(number)}
    reply = client.post("/preview/example", data=given)
    assert reply.status_code == 303
    return reply.headers["Location"].removeprefix("/preview/?at=")


def test_pv01_only_its_own_origin_may_frame_a_page(client: FlaskClient, folder: Path, tmp_path: Path) -> None:
    real = install(tmp_path / "real", procedures=folder).client()
    shown, strict = client.get("/fr/essai/"), real.get("/fr/essai/")
    policy = strict.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    relaxed = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    assert shown.headers["Content-Security-Policy"] == f"{relaxed}; frame-src 'self'"
    assert shown.headers.getlist("X-Frame-Options") == ["SAMEORIGIN"]
    assert strict.headers["X-Frame-Options"] == "DENY"
    token = re.compile('name="csrf_token" value="[^"]+"')
    assert token.sub("", shown.get_data(as_text=True)) == token.sub("", strict.get_data(as_text=True))


def test_pv01_the_service_itself_has_no_such_page(folder: Path, tmp_path: Path) -> None:
    real = install(tmp_path / "real", procedures=folder).client()
    for path in ("/preview/", "/preview/panel", "/preview/version", "/preview/files/preview.js", "/preview/map/essai"):
        assert real.get(path, follow_redirects=True).status_code == 404
    code = "import sys, app.web.factory, app.web.serve; print([name for name in sys.modules if 'preview' in name])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_pv02_the_panel_says_where_and_for_whom(client: FlaskClient, file: Path) -> None:
    at = filled(client)
    lines = file.read_text(encoding="utf-8").splitlines()
    told = panel(client, at, "concerned-yes concerned")
    line = next(number for number, text in enumerate(lines, 1) if 'id: "concerned"' in text)
    assert f"Question : {LABEL}".replace(" :", "\N{NO-BREAK SPACE}:")[:9] in told.replace(" :", "\N{NO-BREAK SPACE}:")
    assert f"essai/procedure.yaml:{line}" in told
    assert f'{line} - id: "concerned" {line + 1} kind: "yes_no"' in told
    assert "Pour tout le monde." in told
    assert "required : Répondez à la question « À écrire" in told.replace("\N{NO-BREAK SPACE}", " ")


def test_pv02_conditions_messages_and_blocks(client: FlaskClient) -> None:
    at = filled(client).rpartition("/")[0] + "/contact"
    told = panel(client, at, "email").replace("\N{NO-BREAK SPACE}", " ")
    assert "Si « Comment peut-on vous joindre ? » : « Par e-mail » coché." in told
    assert "shared/contact.yaml:" in told
    for message in ("l'adresse e-mail contient un seul signe @", "enlevez les espaces", "vouliez-vous écrire"):
        assert message in told.replace("’", "'")


def test_pv02_the_journey_and_the_documents_of_this_person(client: FlaskClient) -> None:
    told = panel(client, filled(client))
    assert "Le parcours de cette personne Votre situation (vous êtes ici) Votre nom Pour vous joindre" in told
    assert "Ses documents À écrire : le document à donner (obligatoire)" in told
    told = panel(client, filled(client, 1))
    assert "Ce qui lui est dit À écrire : cette démarche n'est pas pour vous" in told
    assert "Ses documents Aucun pour le moment." in told


def test_pv02_an_outcome_and_the_start_page_have_their_lines(client: FlaskClient) -> None:
    base = filled(client, 1).rpartition("/")[0]
    told = panel(client, f"{base}/outcome/not_concerned").replace("\N{NO-BREAK SPACE}", " ")
    assert "Issue : À écrire : cette démarche n'est pas pour vous" in told
    assert f"Si « {LABEL} » : Non." in told
    assert "essai/procedure.yaml:1" in panel(client, "/fr/essai/")


def test_pv02_somebody_elses_draft_stays_closed(client: FlaskClient) -> None:
    at = filled(client)
    other = client.application.test_client()
    assert "Le parcours de cette personne" in panel(client, at)
    assert "Le parcours de cette personne" not in panel(other, at)


def test_pv02_messages_hold_for_every_question_delivered() -> None:
    from app.preview.messages import messages_of
    from app.spec.catalogue import Catalogue

    seen = 0
    for procedure in Catalogue.load(ROOT / "procedures").procedures.values():
        for field in (field for step in procedure.steps for field in step.fields):
            for code, words in messages_of(field, "fr", date(2026, 11, 25)):
                seen += 1
                assert len(words) > 10, (field.id, code, words)
                assert "{label}" not in words
    assert seen > 300


def test_pv03_a_change_shows_at_once(client: FlaskClient, file: Path) -> None:
    before = client.get("/preview/version")
    same = client.get("/preview/version", headers={"If-None-Match": before.headers["ETag"]})
    assert same.status_code == 304
    change(file, "À écrire : le nom de la démarche", "Demander une aide")
    after = client.get("/preview/version", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json is not None
    assert before.json is not None
    assert after.json["served"] != before.json["served"]
    assert "Demander une aide" in client.get("/fr/essai/").get_data(as_text=True)


def test_pv03_a_draft_goes_on_with_the_new_version(client: FlaskClient, file: Path) -> None:
    at = filled(client)
    change(file, LABEL, "Habitez-vous ici ?")
    page = client.get(at).get_data(as_text=True)
    assert "Habitez-vous ici" in page
    assert re.search(r'value="yes"[^>]* checked', page)


def test_pv03_errors_are_all_shown_and_the_last_good_version_stays(client: FlaskClient, file: Path) -> None:
    at = filled(client)
    served = client.get("/preview/version").json
    change(file, 'kind: "yes_no"', 'kind: "yes_on"')
    change(file, 'concerned: "no"', 'concernd: "no"')
    now = client.get("/preview/version").json
    assert now is not None
    assert served is not None
    assert (now["served"], now["broken"], served["broken"]) == (served["served"], True, False)
    told = panel(client, at)
    assert "2 erreurs dans les fichiers" in told
    assert "Vouliez-vous dire « yes_no » ?" in told
    assert "« concernd »" in told
    assert "^^^" in told
    assert client.get(at).status_code == 200
    change(file, 'kind: "yes_on"', 'kind: "yes_no"')
    change(file, 'concernd: "no"', 'concerned: "no"')
    assert "dans les fichiers" not in panel(client, at)


def test_pv03_a_change_in_a_shared_block_counts(client: FlaskClient, folder: Path) -> None:
    at = filled(client).rpartition("/")[0] + "/contact"
    change(folder / "shared" / "contact.yaml", "Comment peut-on vous joindre ?", "Comment vous joindre ?")
    assert "Comment vous joindre" in client.get(at).get_data(as_text=True)


def test_pv03_a_procedure_that_was_never_right_shows_its_errors(tmp_path: Path, folder: Path, file: Path) -> None:
    change(file, 'kind: "yes_no"', 'kind: "yes_on"')
    app = build(tmp_path / "other", folder, "essai")
    client = app.test_client()
    html = client.get("/preview/").get_data(as_text=True)
    assert "<iframe" not in html
    assert "erreur dans les fichiers" in html
    assert client.get("/preview/map/essai").status_code == 404
    change(file, 'kind: "yes_on"', 'kind: "yes_no"')
    assert "<iframe" in client.get("/preview/").get_data(as_text=True)
    app.extensions[EXTENSION].store.close()


def test_pv03_a_procedure_that_comes_and_goes(client: FlaskClient, folder: Path) -> None:
    other = start("autre", folder, date(2026, 11, 25)) / "procedure.yaml"
    change(other, 'kind: "yes_no"', 'kind: "yes_on"')
    assert ">autre</a> (erreurs)" in client.get("/preview/").get_data(as_text=True)
    assert "dans les fichiers" not in panel(client, "/fr/essai/")
    change(other, 'kind: "yes_on"', 'kind: "yes_no"')
    assert ">autre</a></li>" in client.get("/preview/").get_data(as_text=True)
    assert 'href="/preview/?slug=autre"' in client.get("/preview/").get_data(as_text=True)
    assert client.get("/fr/autre/").status_code == 200
    shutil.rmtree(folder / "autre")
    assert 'href="/preview/?slug=autre"' not in client.get("/preview/").get_data(as_text=True)
    assert client.get("/fr/autre/").status_code == 404
    shutil.rmtree(folder / "essai")
    assert client.get("/preview/").status_code == 404


def test_pv04_an_example_fills_a_draft_on_its_day(client: FlaskClient, folder: Path) -> None:
    change(folder / "essai" / "cases.yaml", 'today: "2026-11-25"', 'today: "2026-12-24"')
    at = filled(client)
    assert "nous sommes le 24 décembre 2026" in panel(client, at).replace("\N{NO-BREAK SPACE}", " ")
    base = at.rpartition("/")[0]
    answers = client.get(f"{base}/check").get_data(as_text=True)
    assert "Diallo" in answers
    assert "Il reste des questions" not in answers
    html = client.get("/preview/").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="(\w+)"', html)
    assert token is not None
    client.post("/preview/today", data={"csrf_token": token[1]})
    assert "nous sommes le" not in panel(client, at)


def test_pv04_an_example_is_loaded_by_ones_own_form_only(client: FlaskClient) -> None:
    client.get("/preview/")
    given = {"slug": "essai", "number": "0"}
    assert client.post("/preview/example", data=given).status_code == 403
    assert client.post("/preview/example", data={**given, "csrf_token": "0" * 32}).status_code == 403


@pytest.mark.parametrize("text", ["- person: [", "[]", "- person: 3\n  today: 4\n", '- {person: "A", today: "hier"}\n'])
def test_pv04_examples_that_cannot_be_read_break_nothing(client: FlaskClient, folder: Path, text: str) -> None:
    (folder / "essai" / "cases.yaml").write_text(text, encoding="utf-8")
    told = panel(client, "/fr/essai/")
    assert "Un exemple de personne" in told
    html = client.get("/preview/").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="(\w+)"', html)
    if token is not None:
        given = {"csrf_token": token[1], "slug": "essai", "number": "0"}
        assert client.post("/preview/example", data=given).status_code == 409


def test_pv05_another_host_name_is_refused(client: FlaskClient) -> None:
    assert client.get("/preview/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert client.get("/fr/essai/", headers={"Host": "elsewhere.example:8010"}).status_code == 400
    assert client.get("/preview/", headers={"Host": "127.0.0.1:8010"}).status_code == 200


@pytest.mark.parametrize(
    "at", ["https://elsewhere.example/", "//elsewhere.example/fr/essai/", "/preview/", "/x/y/z/t", "x"]
)
def test_pv05_the_frame_shows_pages_of_the_service_only(client: FlaskClient, at: str) -> None:
    assert 'src="/fr/essai/"' in client.get("/preview/", query_string={"at": at}).get_data(as_text=True)


def test_pv05_the_settings_and_data_of_the_service_are_not_read(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUICHET_DATABASE_URL", f"sqlite:///{tmp_path}/real.db")
    monkeypatch.setenv("GUICHET_DATA", str(tmp_path / "real"))
    monkeypatch.setenv("GUICHET_OPERATOR", "Mairie d'essai")
    app = build(tmp_path / "place", folder, "essai")
    site = app.extensions[EXTENSION]
    assert site.settings.database_url is None
    assert site.settings.data == tmp_path / "place" / "data"
    assert "Mairie d&#39;essai" in app.test_client().get("/fr/essai/").get_data(as_text=True)
    assert not (tmp_path / "real").exists()
    assert not (tmp_path / "real.db").exists()
    site.store.close()


def test_pv05_the_command_cleans_up_when_it_is_ended(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "tmp"
    place.mkdir()
    command = [sys.executable, "-u", "-m", "app", "preview", str(folder / "essai"), "--port", "0"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**clean, "TMPDIR": str(place)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith("Aperçu : http://127.0.0.1:")
        assert len(list(place.iterdir())) == 1
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
    assert list(place.iterdir()) == []


def test_pv05_what_to_show_is_found_by_name_or_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert find("essai", folder) == (folder, "essai")
    assert find("", folder) == (folder, "essai")
    assert find(str(folder), Path("absent")) == (folder, "essai")
    assert find(str(folder / "essai"), Path("absent")) == (folder, "essai")
    assert find(str(folder / "essai" / "procedure.yaml"), Path("absent")) == (folder, "essai")
    with pytest.raises(NothingToShow, match="Vouliez-vous dire « essai »"):
        find("esssai", folder)
    assert main(["nulle-part"]) == 2
    assert "n'est ni une démarche" in capsys.readouterr().err


@pytest.mark.parametrize("port", [None, 99999])
def test_pv05_a_port_that_cannot_be_had_is_told(tmp_path: Path, folder: Path, port: int | None) -> None:
    app = build(tmp_path / "place", folder, "essai")
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(NothingToShow, match="autre avec --port"):
        listen(app, port or taken.getsockname()[1])
    app.extensions[EXTENSION].store.close()


def test_pv03_what_only_the_proofs_find_is_open_too(client: FlaskClient, file: Path) -> None:
    """Everybody would be sent away: the file compiles, the proofs refuse it."""
    change(file, 'concerned: "no"', 'concerned: ["yes", "no"]')
    html = client.get("/preview/").get_data(as_text=True)
    assert re.search(
        r'<details data-name="remarks" open><summary>\d+ remarques? de « guichet check », dont \d+ erreur', html
    )
