"""Pages that are not ours: every fault planted in one is found on its element, and nothing good is claimed of any."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from app.audit import foreign
from app.audit.browser import Browser
from app.cli import main

GOOD = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Une page simple</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Une page simple</h1><p>Des mots que tout le monde peut lire.</p></main></body></html>
"""
BAD = """<!doctype html><html><head><meta charset="utf-8"><title>Une page</title>
<meta name="viewport" content="width=device-width, user-scalable=no"><style>
body { font: 16px sans-serif; background: #fff }
.dull { display: block; padding: 30px; outline: none } .tiny { display: inline-block; width: 12px; height: 12px }
.wide { width: 900px } .clip { height: 18px; width: 80px; overflow: hidden } .pale { color: #ccc }
.px { font-size: 12px }
@media (prefers-color-scheme: dark) { .night { color: #333; background: #222 } }
</style></head><body><main><h1>Une page</h1><h4 id="deep">Trop bas</h4>
<a class="dull" id="dull" href="/a">Lien</a><p><a href="/b" id="other">Lien</a></p>
<a class="tiny" id="tiny" href="/t" aria-label="Fermer"></a>
<p class="pale" id="pale">Pâle</p>
<img id="picture" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="50" height="50">
<p id="two">Un</p><p id="two">Deux</p><p class="night" id="night">Le soir</p>
<p class="wide" id="wide">Un paragraphe bien trop large pour le téléphone de quelqu'un</p>
<p class="clip" id="clip">Un texte coupé, parce que sa boîte est trop petite pour lui</p>
<p class="px" id="px">En pixels</p>
<form id="form" action="/send"><label for="nowhere" id="label">Nom</label>
<input id="name" type="text" tabindex="3"></form>
</main></body></html>
"""
PLANTED = {
    ("axe", "label", "#name"), ("axe", "color-contrast", "#pale"), ("axe", "image-alt", "#picture"),
    ("axe", "html-has-lang", "html"), ("axe", "meta-viewport", 'meta[name="viewport"]'),
    ("model", "language", "html"), ("model", "headings", "#deep"), ("model", "unique-names", "#other"),
    ("model", "target-size", "#tiny"), ("model", "references", "#two"), ("model", "references", "#label"),
    ("model", "keyboard-order", "#name"), ("model", "images", "#picture"), ("model", "submit", "#form"),
    ("crossing", "narrow", "#wide"), ("crossing", "spacing", "#clip"), ("crossing", "text-200", "#px"),
    ("crossing", "dark", "#night"), ("crossing", "keyboard", "#dull"),
}  # fmt: skip


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def elsewhere(folder: Path) -> Iterator[str]:
    """A site that Guichet has not made, on loopback."""
    (folder / "good.html").write_text(GOOD, encoding="utf-8")
    (folder / "bad.html").write_text(BAD, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _shared(chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of the run does it too."""
    chromium.reset()
    monkeypatch.setattr(foreign, "_browser", lambda: nullcontext(chromium))


def test_planted_faults_are_found_and_reported(
    elsewhere: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "--url", f"{elsewhere}/bad.html", "--output", str(tmp_path)]) == 1
    written = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    found = {(one["engine"], one["rule"], one["target"]) for one in written["findings"]}
    assert found >= PLANTED, PLANTED - found
    assert {one["path"] for one in written["states"]} == {f"{elsewhere}/bad.html"}
    assert {one["status"] for one in written["criteria"]} == {"NC", "NA", "NT"}
    assert written["rate"] is None
    assert "✗ fault axe label at #name" in capsys.readouterr().out


def test_a_frame_is_left_to_a_person(elsewhere: str, folder: Path) -> None:
    framed = GOOD.replace("</main>", '<iframe id="inside" title="Une autre page" src="bad.html"></iframe></main>')
    (folder / "framed.html").write_text(framed, encoding="utf-8")
    result, _ = foreign.audit_urls([f"{elsewhere}/framed.html"])
    assert [str(one) for one in result.open if one.outcome == "fault"] == []
    assert "#inside" in {one.target for one in result.open}


def test_a_page_without_faults_is_not_called_conform(elsewhere: str) -> None:
    result, found = foreign.audit_urls([f"{elsewhere}/good.html"])
    assert [str(one) for one in result.open if one.outcome == "fault" and "best" not in one.rule] == []
    assert {one.status for one in found} == {"NT", "NA"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--url", "ftp://127.0.0.1/"), "n'est pas une adresse"),
        (("--url", "http://127.0.0.1:9/"), "ne répond pas"),
        (("--url", "HERE/none.html"), "répond 404"),
        (("--url", "HERE/good.html", "--only", "fr/*"), "--url ne va qu'avec --output"),
    ],
)
def test_an_address_without_a_page_is_told(
    elsewhere: str, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", *(one.replace("HERE", elsewhere) for one in arguments)]) == 2
    assert said in capsys.readouterr().err
