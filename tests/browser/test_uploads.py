"""Files in a real browser: what waits is looked at again, said, and put in its place without moving anybody."""

from __future__ import annotations

import hashlib
import io
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selenium.webdriver.common.keys import Keys
from sqlalchemy import select

from app.audit.axe import assert_accessible
from app.audit.browser import Browser
from app.store.files import FileRecord
from app.store.tables import files
from app.web import queue
from app.web.site import EXTENSION, Site
from tests.browser.service import Seen, Service, dies
from tests.browser.walker import Walker
from tests.uploads import making

LISTEN = """
const real = window.fetch;
window.sent = new Map();
window.fetch = (address, how) => {
  if (how && how.method === 'PATCH') window.sent.set(Number(how.headers['Upload-Offset']), how.body);
  return real(address, how);
};
"""
"""Remembers each piece that leaves, by the place where it begins."""
DIGEST = """
const done = arguments[arguments.length - 1];
const pieces = [...window.sent].sort((one, other) => one[0] - other[0]).map((entry) => entry[1]);
new Blob(pieces).arrayBuffer().then((all) => crypto.subtle.digest('SHA-256', all)).then((hash) =>
  done([...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')));
"""
"""The SHA-256 of all that left, put together."""


def give(walker: Walker, folder: Path, name: str, content: bytes) -> None:
    """Choose a file for the first document and send it."""
    (folder / name).write_bytes(content)
    walker.browser.one("input[type=file]").send_keys(str(folder / name))
    walker.browser.one("form[data-pieces] button:not([type=button])").click()
    arrived(walker.browser, name.rpartition(".")[0])


def arrived(browser: Browser, name: str, seconds: float = 10) -> None:
    """Wait until a file is listed; asked in one step, for the list is put in place while it is looked at."""
    listed = "return [...document.querySelectorAll('main .files a')].map((link) => link.textContent).join(' ')"
    browser.until(lambda now: name in now.execute_script(listed), seconds=seconds)


def work(service: Service) -> int:
    site: Site = service.installation.app.extensions[EXTENSION]
    return queue.work_off(site.store, service.installation.settings)


def test_a_file_that_waits_is_done_on_the_page_and_said(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    work(service)  # what other tests left waiting in this service
    give(walker, tmp_path, "acte.jpg", making.jpeg())
    assert "Reçu, vérification en cours" in browser.one(".files").text
    counted = browser.one("#progress").text
    assert "donnés : 0 sur" in counted
    assert "Reçus, pas encore vérifiés : 1." in counted
    assert_accessible(browser)
    removal = browser.one(".files form[action$='/remove'] button")
    browser.execute_script("arguments[0].focus()", removal)
    assert work(service) == 1
    browser.until(lambda now: "Gardé et vérifié" in now.one("#status").get_attribute("textContent"))
    assert "acte.jpg" in browser.one("#status").get_attribute("textContent")
    assert "Gardé et vérifié" in browser.one(".files").text
    counted = browser.one("#progress").text
    assert "donnés : 1 sur" in counted
    assert "pas encore" not in counted, "the count follows"
    assert browser.focused() == removal, "whoever was on a button is still there"
    assert browser.every("[data-look]") == [], "nothing waits any more"
    assert_accessible(browser)


def test_a_refusal_that_comes_later_is_said_on_the_page(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    work(service)  # what other tests left waiting in this service
    give(walker, tmp_path, "code.pdf", making.locked("secret"))
    assert work(service) == 1
    browser.until(lambda now: "protégé par un mot de passe" in now.one("#status").get_attribute("textContent"))
    assert "Fichier refusé" in browser.one(".files").text
    counted = browser.one("#progress").text
    assert "donnés : 0 sur" in counted
    assert "pas encore" not in counted
    assert_accessible(browser)
    walker.leaving(lambda: browser.one(".files form[action$='/remove'] button").click())
    assert browser.every(".files") == []
    assert_accessible(browser)


def test_files_are_ordered_with_the_keyboard(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    for name in ("un.jpg", "deux.jpg"):
        give(walker, tmp_path, name, making.jpeg())
    work(service)
    walker.leaving(lambda: browser.one(".files form[action$='/up'] button").send_keys(Keys.ENTER))
    browser.until(lambda now: "ordre" in now.one("#status").get_attribute("textContent"))
    assert_accessible(browser)
    assert [row.text.split()[0] for row in browser.every(".files li")] == ["deux.jpg", "un.jpg"]
    small = browser.every(".files img")
    assert len(small) == 2
    browser.until(lambda now: now.execute_script("return arguments[0].naturalWidth > 0", small[0]))


def large_photograph(size: tuple[int, int] = (3000, 4000), quality: int = 96) -> bytes:
    """A photograph of a page as a telephone takes it: grain, and far more dots than anybody needs."""
    page = making.text_picture().resize(size)
    return making.jpeg(Image.blend(page, Image.effect_noise(size, 60).convert("RGB"), 0.25), quality=quality)


def patches(service: Service) -> list[Seen]:
    return [request for request in service.seen if request.method == "PATCH"]


def sent_in_pieces(service: Service) -> int:
    return sum(request.size for request in patches(service))


def on_the_wire(service: Service) -> int:
    """Bytes of all requests that pieces make; headers counted as 1,000 bytes each, which is more than they are."""
    asked = [request for request in service.seen if "/piece" in request.path]
    return sum(request.size for request in asked) + 1000 * len(asked)


def kept(service: Service) -> dict[str, FileRecord]:
    """Every file of every draft by its id. Not read: another test may have lost one on purpose."""
    site: Site = service.installation.app.extensions[EXTENSION]
    with site.store.database.read() as connection:
        ids = list(connection.scalars(select(files.c.draft_id).distinct()))
    return {file.id: file for draft in ids for file in site.store.files.of_draft(draft)}


def content_of(service: Service, file: FileRecord) -> bytes:
    site: Site = service.installation.app.extensions[EXTENSION]
    return b"".join(site.store.files.read(file))


def send_with_cuts(browser: Browser, service: Service, folder: Path, content: bytes, *, cuts: int) -> tuple[str, bytes]:
    """Send one large photograph while the network goes and comes; what was kept."""
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    before = kept(service)
    (folder / "grande.jpg").write_bytes(content)
    browser.one("input[type=file]").send_keys(str(folder / "grande.jpg"))
    chance = random.Random(10)
    browser.execute_script(LISTEN)
    browser.wire(on=True, slow=True)
    browser.one("form[data-pieces] button:not([type=button])").click()
    for _ in range(cuts):
        pieces = len(patches(service))
        browser.until(lambda _now, pieces=pieces: len(patches(service)) > pieces, seconds=60)
        time.sleep(chance.uniform(0, 0.6))
        browser.wire(on=False)
        time.sleep(chance.uniform(0.05, 0.4))
        browser.wire(on=True, slow=True)
    assert browser.every("progress"), "every cut fell into the sending"
    arrived(browser, "grande", seconds=180)
    browser.wire(on=True)
    (new,) = [file for key, file in kept(service).items() if key not in before]
    content = content_of(service, new)
    assert hashlib.sha256(content).hexdigest() == new.sha256 == browser.execute_async_script(DIGEST)
    return new.name, content


def test_a_large_photograph_is_made_smaller_and_arrives_through_cuts(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    name, content = send_with_cuts(browser, service, tmp_path, large_photograph((2000, 2600)), cuts=2)
    assert name == "grande.jpg"
    image = Image.open(io.BytesIO(content))
    image.load()
    assert 1400 <= max(image.size) <= 2000
    assert on_the_wire(service) <= 600_000
    browser.until(lambda now: "est reçu" in now.one("#status").get_attribute("textContent"))
    assert browser.focused().tag_name == "h2"


@pytest.mark.prove
def test_five_megabytes_on_slow_3g_with_ten_cuts(browser: Browser, service: Service, tmp_path: Path) -> None:
    content = large_photograph()
    assert len(content) > 5_000_000
    _, arrived = send_with_cuts(browser, service, tmp_path, content, cuts=10)
    image = Image.open(io.BytesIO(arrived))
    image.load()
    assert 1400 <= max(image.size) <= 2000
    assert on_the_wire(service) <= 600_000


def test_sending_can_be_paused_gone_on_with_and_given_up(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    before = len(kept(service))
    browser.wire(on=True, slow=True)
    browser.one("input[type=file]").send_keys(long_pdf(tmp_path, "long.pdf"))
    browser.one("form[data-pieces] button:not([type=button])").click()
    pause = browser.until(lambda now: now.one("main .files button"))
    assert browser.focused() == pause
    pause.send_keys(Keys.ENTER)
    browser.until(lambda now: "en pause" in now.one("#status").get_attribute("textContent"))
    stands = browser.one("progress").get_attribute("value")
    assert pause.text == "Reprendre l’envoi de long.pdf"
    time.sleep(0.5)
    assert browser.one("progress").get_attribute("value") == stands
    browser.wire(on=True)
    assert_accessible(browser)
    browser.wire(on=True, slow=True)
    pause.send_keys(Keys.ENTER)
    browser.until(lambda now: int(float(now.one("progress").get_attribute("value"))) > int(float(stands)))
    browser.every("main .files button")[1].click()
    browser.wire(on=True)
    browser.until(lambda now: not now.every("progress"))
    assert len(kept(service)) == before


def long_pdf(folder: Path, name: str) -> str:
    """A file that takes some seconds on a slow network."""
    (folder / name).write_bytes(making.pdf() + b"%" + b"x" * 400_000 + b"\n%%EOF\n")
    return str(folder / name)


def test_a_file_on_its_way_cut_off_and_resumed_can_be_used_by_everybody(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    """Each state that only a script makes, looked at while it lasts."""
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    browser.one("input[type=file]").send_keys(long_pdf(tmp_path, "long.pdf"))
    assert_accessible(browser)  # chosen, not sent yet; axe stays in the page for what follows
    browser.wire(on=True, slow=True)
    browser.one("form[data-pieces] button:not([type=button])").click()
    browser.until(lambda now: float(now.one("progress").get_attribute("value")) > 0)
    assert_accessible(browser)
    browser.wire(on=False)
    browser.until(lambda now: "coupé" in now.one("#status").get_attribute("textContent"))
    assert "coupé" in browser.one("main .files").text
    # At the end of the page the alert lies over nothing: axe cannot tell a colour under it.
    browser.execute_script("scrollTo(0, document.body.scrollHeight)")
    assert_accessible(browser)
    browser.wire(on=True, slow=True)
    browser.until(lambda now: "reprend" in now.one("#status").get_attribute("textContent"))
    browser.one("main .files button").click()
    assert_accessible(browser)
    browser.every("main .files button")[1].click()
    browser.wire(on=True)
    browser.until(lambda now: not now.every("progress"))


def test_a_file_on_its_way_arrives_whatever_else_is_sent_from_the_page(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    """Another form of the page brings it anew, then "Continue" leads away: neither stops the file."""
    walker = Walker(browser, service.url, "provisional-paper")
    walker.arrive_at_documents(service)
    before = len(kept(service))
    browser.one("input[type=file]").send_keys(long_pdf(tmp_path, "long.pdf"))
    browser.one("details:has(form[action*='/instead/'] textarea) summary").click()
    browser.one("form[action*='/instead/'] textarea").send_keys("Le site est en panne")
    browser.wire(on=True, slow=True)
    browser.one("form[data-pieces] button:not([type=button])").click()
    browser.until(lambda now: float(now.one("progress").get_attribute("value")) > 0)
    browser.one("form:has(textarea) button[value=do_not_have]").click()
    browser.until(lambda now: "Changer cette réponse" in now.one("main").text)
    browser.one("main button[value=continue]").click()
    browser.until(lambda now: now.one("h1").text == "Vérifier vos réponses")
    assert len(kept(service)) == before
    browser.wire(on=True)
    browser.until(lambda now: "est reçu" in now.one("#status").get_attribute("textContent"))
    assert len(kept(service)) == before + 1


def test_a_file_is_replaced_by_another_in_pieces(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    give(walker, tmp_path, "ancienne.jpg", making.jpeg())
    walker.leaving(lambda: browser.one(".files a[href*='replace=']").click())
    give(walker, tmp_path, "nouvelle.jpg", making.jpeg())
    assert "ancienne" not in browser.one(".files").text
    assert_accessible(browser)


def test_a_refusal_of_a_file_in_pieces_stands_beside_the_document(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    (tmp_path / "film.mp4").write_bytes(b"\0\0\0\x18ftypisom" + bytes(50_000))
    browser.one("input[type=file]").send_keys(str(tmp_path / "film.mp4"))
    browser.one("form[data-pieces] button:not([type=button])").click()
    told = browser.until(lambda now: now.every("section.document.bad .error"))
    assert told[0].text.startswith("Erreur : ")
    assert "est une vidéo" in told[0].text
    assert told[0].get_attribute("id") in browser.one("input[type=file]").get_attribute("aria-describedby")
    assert_accessible(browser)
    browser.until(lambda now: "est une vidéo" in now.one("#status").get_attribute("textContent"))
    assert_accessible(browser)
    browser.execute_script("dispatchEvent(new Event('online'))")
    time.sleep(0.3)
    said = browser.one("#status").get_attribute("textContent")
    assert "est une vidéo" in said, "that the network is back says less than what became of the file"


def test_a_cut_after_the_last_piece_sends_nothing_twice(browser: Browser, service: Service, tmp_path: Path) -> None:
    """All has arrived, and the page about it does not come: it is asked for until it does."""
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    before = len(kept(service))
    failed: list[str] = []

    def cut(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        whole = len(kept(service)) > before
        if whole and environ["REQUEST_METHOD"] == "GET" and len(failed) < 2:
            failed.append(environ["PATH_INFO"])
            return dies(environ, start)
        return service.installation.app(environ, start)

    service.seen.clear()
    with service.troubled(cut):
        give(walker, tmp_path, "une.jpg", making.jpeg())
    assert [path.rpartition("/")[2] for path in failed] == ["documents"] * 2
    assert len(kept(service)) == before + 1
    assert [request.path for request in service.posts() if "/documents" in request.path] == []
    browser.until(lambda now: "est reçu" in now.one("#status").get_attribute("textContent"))


def test_an_empty_file_is_refused_without_leaving_the_page(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    (tmp_path / "vide.jpg").write_bytes(b"")
    browser.one("input[type=file]").send_keys(str(tmp_path / "vide.jpg"))
    browser.one("form[data-pieces] button:not([type=button])").click()
    told = browser.until(lambda now: now.every("section.document.bad .error"))
    assert "est vide" in told[0].text
    assert browser.current_url.endswith("/documents")


def test_what_was_wrong_goes_from_the_page_once_it_is_right(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    here, before = browser.current_url, browser.one("#progress").text
    walker.leaving(lambda: browser.execute_script("document.querySelector('form[data-pieces]').submit()"))
    assert browser.title.startswith("Erreur")
    assert len(browser.every("#errors li")) == 1
    give(walker, tmp_path, "acte.jpg", making.jpeg())
    assert browser.every("#errors") == []
    assert not browser.title.startswith("Erreur")
    assert browser.current_url == here, "to load it again sends nothing a second time"
    assert browser.one("#progress").text == f"{before} Reçus, pas encore vérifiés : 1."


def test_without_scripts_the_plain_form_sends(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    with browser.without_scripts():
        walker.open(walker.path)
        (tmp_path / "simple.jpg").write_bytes(making.jpeg())
        browser.one("input[type=file]").send_keys(str(tmp_path / "simple.jpg"))
        browser.one("form[data-pieces] button").click()
        browser.until(lambda now: "simple.jpg" in now.one("main").text)
    assert sent_in_pieces(service) == 0
