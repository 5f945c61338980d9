"""The instruments themselves: a page with planted faults must fail, a good one must pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, request
from werkzeug.serving import make_server

from app.audit import axe
from app.audit.axe import assert_accessible, audit
from app.audit.browser import NARROWEST, Browser
from app.audit.waivers import Waiver, Waivers, read_waivers
from tests.architecture.graph import ROOT
from tests.checks.test_page import FORM, page

STYLE = (
    "<style>body{color:#000;background:#fff;font-size:1rem;line-height:1.5}"
    "a,button,input{display:inline-block;min-block-size:44px;min-inline-size:44px;color:#000;background:#fff}"
    ".tiny{min-block-size:0;min-inline-size:0;inline-size:14px;block-size:14px;padding:0}"
    "@media (prefers-color-scheme:dark){.night{color:#333;background:#222}}</style>"
)
TINY = '<button class="tiny">a</button><button class="tiny">b</button>'
FAULTY = f'<p style="color:#ccc">pâle</p><p style="color:#747474">un peu pâle</p><input type="text" name="x">{TINY}'
OVER_PICTURE = '<p style="background:linear-gradient(#000,#fff);color:#777">sur une image</p>'
SCRIPTED = page(
    "<p id='said'>sans</p><script>document.querySelector('#said').textContent = 'avec'</script>", head=STYLE
)


@pytest.fixture
def canary(browser: Browser) -> Iterator[str]:
    """The address of a few small pages."""
    app = Flask(__name__)
    pages = {
        "good": page(FORM, head=STYLE),
        "faulty": page(FAULTY, head=STYLE),
        "night": page('<p class="night">Le soir</p>', head=STYLE),
        "unsure": page(OVER_PICTURE, head=STYLE),
        "scripted": SCRIPTED,
        "form": page('<form action="/echo"><label>Nom<input name="q"></label><button>Oui</button></form>', head=STYLE),
    }
    app.add_url_rule("/<name>", "page", lambda name: pages.get(name, ""))
    app.add_url_rule("/echo", "echo", lambda: page(f"<p id='said'>{request.args['q']}</p>", head=STYLE))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    browser.get("about:blank")
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_good_page_passes(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/good")
    assert_accessible(browser)


def test_planted_faults_are_found(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/faulty")
    found = {finding.rule for finding in audit(browser).findings}
    assert {"color-contrast", "color-contrast-enhanced", "label", "target-size"} <= found
    with pytest.raises(AssertionError, match="finding"):
        assert_accessible(browser)


def test_axe_is_current_and_every_tag_is_known_to_it(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/good")
    report = audit(browser)
    assert report.version.startswith("4.14.")
    assert report.rules_known == axe.ALL_RULES
    known = set(browser.execute_script("return axe.getRules().flatMap(rule => rule.tags)"))
    assert set(axe.TAGS) <= known
    assert report.rules_run == axe.rules_expected(browser) == 100


def test_an_unknown_tag_does_not_look_green(browser: Browser, canary: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.get(f"{canary}/good")
    expected = audit(browser).rules_run
    monkeypatch.setattr(axe, "TAGS", ("wcag2b",))
    monkeypatch.setattr(axe, "rules_expected", lambda _: expected)
    with pytest.raises((AssertionError, RuntimeError)):
        assert_accessible(browser)


def test_an_error_inside_axe_is_an_error(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/good")
    tool = axe.CurrentAxe(browser)
    tool.inject()
    with pytest.raises(RuntimeError, match="axe stopped"):
        tool.run(options='{"runOnly": {"type": "rule", "values": ["no-such-rule"]}}')


def waived(rules: Iterable[str], url: str, target: str, decision: str = "no_barrier") -> Waivers:
    day = date(2026, 11, 24)
    return Waivers(
        tuple(Waiver("axe", rule, url, target, decision, "black on white", "tester", day, day) for rule in rules)
    )


def test_what_axe_cannot_decide_fails_unless_waived(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/unsure")
    findings = audit(browser).findings
    assert findings
    assert {finding.outcome for finding in findings} == {"unsure"}
    rules = {finding.rule for finding in findings}
    assert audit(browser, waived=waived(rules, "/unsure$", "p")).findings == []
    assert audit(browser, waived=waived(rules, "/other$", "p")).findings == findings


def test_a_violation_is_no_matter_of_opinion(browser: Browser, canary: str) -> None:
    """It may be put off, which is said; that it is no barrier, nobody may decide."""
    browser.get(f"{canary}/faulty")
    looked, put_off = waived(["label"], "", ""), waived(["label"], "", "", "accepted")
    assert any(finding.rule == "label" for finding in audit(browser, waived=looked).findings)
    assert not any(finding.rule == "label" for finding in audit(browser, waived=put_off).findings)


def test_every_written_waiver_is_about_a_rule_of_axe(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/good")
    audit(browser)
    known = set(browser.execute_script("return axe.getRules().map(rule => rule.ruleId)"))
    written = read_waivers(ROOT / "procedures" / "audit" / "waivers.yaml", date(2026, 11, 25)).valid
    assert written
    assert {waiver.rule for waiver in written if waiver.engine == "axe"} <= known


def test_a_fault_of_the_dark_is_found_in_the_dark(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/night")
    assert audit(browser).findings == []
    browser.prefer(prefers_color_scheme="dark")
    assert any("color-contrast" in finding.rule for finding in audit(browser).findings)


def test_pages_load_without_scripts_and_can_still_be_audited(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/scripted")
    assert browser.one("#said").text == "avec"
    with browser.without_scripts():
        browser.get(f"{canary}/scripted")
        assert browser.one("#said").text == "sans"
        assert audit(browser).findings == []
    assert browser.one("#said").text == "sans"


def test_a_form_is_sent_without_scripts(browser: Browser, canary: str) -> None:
    with browser.without_scripts():
        browser.get(f"{canary}/form")
        browser.one("input").send_keys("Awa")
        browser.one("button").click()
        browser.until(lambda now: "/echo" in now.current_url)
        assert browser.one("#said").text == "Awa"


def test_the_screen_is_as_narrow_as_asked(browser: Browser, canary: str, pictures: Path) -> None:
    browser.resize(*NARROWEST)
    browser.get(f"{canary}/good")
    assert browser.execute_script("return innerWidth") == NARROWEST[0]
    image = browser.picture(pictures / "good.png").read_bytes()
    assert int.from_bytes(image[16:20], "big") == NARROWEST[0]


def test_the_network_can_be_cut(browser: Browser, canary: str) -> None:
    browser.get(f"{canary}/good")
    fetch = "const done = arguments[0]; fetch('/good').then(r => done(r.status), () => done('cut'))"
    browser.wire(on=False)
    assert browser.execute_async_script(fetch) == "cut"
    browser.wire(on=True)
    assert browser.execute_async_script(fetch) == 200
