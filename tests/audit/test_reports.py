"""The reports: each in its format, all saying the same, and pages that pass their own audit."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import html5lib
import pytest
from jsonschema import Draft202012Validator

from app.audit import axe, reports, whole
from app.audit.browser import Browser
from app.audit.criteria import Ran, reference, verdicts
from app.audit.crossings import CROSSINGS
from app.audit.evidence import evidence, place
from app.audit.findings import Finding
from app.audit.oracles import ORACLES
from app.audit.reports import FILES, Report
from app.audit.reports.html import CROSSED
from app.audit.reports.words import RULES, about
from app.audit.run import Result
from app.audit.signed import Signed, fingerprint
from app.audit.states import Asked, State
from app.audit.waivers import Waiver
from app.spec.model import Field, Text
from app.web import evidence as kept

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
FAULT = Finding(
    "model", "name", "fault", "#a > b", "<b>", "« É » & <x> : \x0c", "fr/a/you:empty", "/fr/a/1/you", ("11.1",)
)
UNSURE = Finding("axe", "color-contrast", "unsure", "p", "<p>", "perhaps", "fr/a/you:x.empty", "/fr/a/1/you", ("3.2",))
PUT_OFF = Finding("axe", "list", "fault", "ul", "<ul>", "no list", "fr/a/check:complete", "/fr/a/1/check", ("9.3",))
OASIS = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "properties": {"shortDescription": {"$ref": "#/$defs/text"}},
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
    "$defs": {
        "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "result": {
            "type": "object",
            "required": ["message"],
            "properties": {
                "message": {"$ref": "#/$defs/text"},
                "ruleIndex": {"type": "integer", "minimum": -1},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "suppressions": {
                    "items": {"required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}}
                },
                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                "locations": {
                    "items": {
                        "required": ["physicalLocation"],
                        "properties": {
                            "physicalLocation": {
                                "required": ["artifactLocation"],
                                "properties": {
                                    "artifactLocation": {
                                        "properties": {"uri": {"type": "string", "format": "uri-reference"}}
                                    },
                                    "region": {"properties": {"startLine": {"minimum": 1}}},
                                },
                            }
                        },
                    }
                },
            },
        },
    },
}
"""What the schema of SARIF 2.1.0 asks of the parts that are written (OASIS, section 3)."""


def state(name: str, html: str = "<html>", **more: Any) -> State:
    page = name.rsplit("/", maxsplit=1)[-1].partition(":")[0]
    return State(name, "step", f"/fr/a/1/{page}", 200, html, "fr", "prepare", AT.date(), **more)


@pytest.fixture(scope="module")
def report() -> Report:
    why = "It will be corrected in the next version."
    waiver = Waiver("axe", "list", "", "", "accepted", why, "operator", date(2026, 11, 1), date(2027, 1, 1))
    asked = Asked((Field("x", "date", Text("X")),), {"x": "required"})
    criteria = reference().criteria
    checks = {"axe", *(check for one in criteria for check in one.checks)}
    result = Result(
        states=[
            state("fr/a/you:empty"),
            state("fr/a/you:x.empty", '<div id="errors">', asked=asked),
            state("fr/a/check:complete"),
        ],
        same={"fr/a/check:complete": ["fr/a/check~2:complete"]},
        open=[FAULT, UNSURE],
        waived=[(PUT_OFF, waiver)],
        crossed={"narrow": 3, "swap": 2},
        engines={"axe": "4.14.1"},
        ran=Ran(checks, {one.number: int(one.how != "absent") for one in criteria}, 3),
        seconds=12,
        fingerprint="0123456789abcdef",
    )
    return Report(result, tuple(verdicts(result.ran, result.judged, {"8.6": ("C", "auditrice")})), AT)


def written(name: str, report: Report) -> bytes:
    return FILES[name](report)


def counts(report: Report) -> Counter[str]:
    return Counter(one.status for one in report.verdicts)


def test_a_fault_that_is_put_off_stays_a_fault_and_no_rate_is_given(report: Report) -> None:
    by_number = {one.criterion.number: one.status for one in report.verdicts}
    assert (by_number["11.1"], by_number["9.3"], by_number["3.2"], by_number["8.6"]) == ("NC", "NC", "NT", "C")
    assert report.rate is None
    plain = json.loads(written("audit.json", report))
    assert plain["rate"] is None
    assert plain["passed"] is False
    assert {one["number"]: one["status"] for one in plain["criteria"]} == by_number


def test_junit_counts_what_it_says(report: Report) -> None:
    root = fromstring(written("junit.xml", report))
    assert root.tag == "testsuites"
    for suite in [*root]:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases)
        assert int(suite.get("failures", "")) == sum(case.find("failure") is not None for case in cases)
        assert int(suite.get("skipped", "")) == sum(case.find("skipped") is not None for case in cases)
        assert all(case.get("name") and case.get("classname") for case in cases)
    criteria = root.findall("testsuite")[1]
    assert (criteria.get("failures"), criteria.get("skipped")) == (str(counts(report)["NC"]), str(counts(report)["NT"]))
    assert int(root.get("tests", "")) == 3 + 106


def test_sarif_holds_to_its_schema_and_keeps_what_was_put_off(report: Report) -> None:
    log = json.loads(written("audit.sarif", report))
    Draft202012Validator(OASIS).validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    put_off = next(result for result in run["results"] if result["ruleId"] == "axe/list")
    assert "next version" in put_off["suppressions"][0]["justification"]
    assert len({result["partialFingerprints"]["cause/v1"] for result in run["results"]}) == 3
    del log["runs"][0]["results"][0]["message"]
    assert not Draft202012Validator(OASIS).is_valid(log)


def test_earl_asserts_every_criterion_of_every_page(report: Report) -> None:
    found = json.loads(written("earl.jsonld", report))
    graph = {node["@id"]: node for node in found["@graph"]}
    subjects = [node for node in graph.values() if "TestSubject" in node["@type"]]
    assert [node["dct:title"] for node in subjects] == list(report.pages)
    outcomes = {f"earl:{word}" for word in ("passed", "failed", "inapplicable", "untested", "cantTell")}
    for node in subjects:
        assert len(node["assertions"]) == 106
        for one in node["assertions"]:
            assert one["@type"] == "Assertion"
            assert one["assertedBy"] in graph
            assert one["result"]["outcome"] in outcomes
            assert one["mode"] in ("earl:automatic", "earl:manual")
            datetime.fromisoformat(one["result"]["dct:date"])
    signed = [one for node in subjects for one in node["assertions"] if one["mode"] == "earl:manual"]
    assert {one["test"].rpartition("#")[2] for one in signed} == {"8.6"}
    assert graph[signed[0]["assertedBy"]]["foaf:name"] == "auditrice"


def test_the_file_for_ara_has_a_line_a_criterion_and_a_column_a_page(report: Report) -> None:
    text = written("ara.csv", report)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[0] == ["Critères", "Éléments transverses", "fr/a/you", "fr/a/check", "fr/a/check~2"]
    assert [row[0] for row in rows[1:]] == [one.number for one in reference().criteria]
    assert {cell for row in rows[1:] for cell in row[1:]} <= {"C", "NC", "NA", "NT"}
    assert next(row for row in rows if row[0] == "11.1")[2:] == ["NC", "C", "C"]


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The cells of a spreadsheet, read back."""
    root = fromstring(content)
    table = f"{{{OFFICE}table:1.0}}"
    return {
        sheet.get(f"{table}name", ""): [
            ["\n".join("".join(p.itertext()) for p in cell) for cell in row] for row in sheet.iter(f"{table}table-row")
        ]
        for sheet in root.iter(f"{table}table")
    }


def test_the_grid_is_a_spreadsheet_in_the_shape_of_the_official_one(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(written("grille-rgaa.ods", report))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        manifest, path = fromstring(archive.read("META-INF/manifest.xml")), f"{{{OFFICE}manifest:1.0}}full-path"
        listed = {entry.get(path) for entry in manifest}
        assert listed == {"/", "content.xml"}
        found = sheets(archive.read("content.xml"))
    assert list(found) == ["Échantillon", "Critères", "Synthèse", "P01", "P02", "P03"]
    assert found["P01"][2][:5] == ["Thématique", "Critère", "Recommandation", "Statut", "Dérogation"]
    assert found["P01"][2][5:] == ["Modifications à apporter", "Commentaires en cas de dérogations"]
    assert len(found["P01"]) == 3 + 106
    wrong = next(row for row in found["P01"][3:] if row[1] == "11.1")
    assert wrong[3] == "NC"
    assert "« É » & <x>" in wrong[5]
    rows = [row for row in found["Synthèse"] if row[0].partition(" ")[0] in ("C", "NC", "NA", "NT")]
    totals = {row[0].partition(" ")[0]: int(row[-1]) for row in rows}
    assert totals == counts(report)
    assert "indisponible" in found["Synthèse"][-1][1]


def headings(page: Element) -> list[str]:
    return [" ".join("".join(node.itertext()).split()) for node in page.iter("h1")]


def test_pages_say_what_was_found_and_what_is_left(report: Report) -> None:
    for name in FILES:
        if name.endswith(".html"):
            parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
            page = parser.parse(written(name, report).decode())
            assert len(headings(page)) == 1
    overview, faults = (written(name, report).decode() for name in ("index.html", "faults.html"))
    assert "Aucun taux n’est publié." in overview
    assert "Écran de 320 px sur 256" in overview
    assert "guichet audit --only fr/a/you:empty --show" in faults
    assert "« É » &amp; &lt;x&gt;" in faults
    assert about(FAULT).who.replace("'", "&#39;") in faults
    assert "faute reportée" in faults
    left = written("protocol.html", report).decode()
    assert "0123456789abcdef" in left
    assert "<code>date</code>" in left
    assert "8.6 " not in left, "somebody has signed it"


def test_every_rule_of_ours_has_its_words() -> None:
    assert set(CROSSED) == {*CROSSINGS, "swap"}
    assert set(RULES) == {*ORACLES, *CROSSINGS, *whole.RULES, "no-script", "doctype", "swap"}


FITS = "return document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"


def test_the_report_passes_its_own_audit(chromium: Browser, report: Report, tmp_path: Path) -> None:
    reports.write(tmp_path, report)
    chromium.reset()
    with serving(tmp_path) as url:
        for name in (name for name in FILES if name.endswith(".html")):
            chromium.get(f"{url}/{name}")
            assert [str(found) for found in axe.audit(chromium).findings] == [], name
            assert chromium.execute_script(FITS), name


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the test says what is wrong."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A folder behind an address: files opened from disk may not read their own style sheet."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


# --- what is left for the accessibility statement

SIGNED = Signed("8.6", "C", "*", "", "A. Diallo", "auditrice", AT.date(), "NVDA 2026.3, Firefox 140", "")


def left(report: Report, *signed: Signed) -> kept.Evidence:
    return evidence(report, "r" * 64, ["fr"], "156.0", signed)


def test_a_fault_that_is_put_off_stays_not_conform(report: Report) -> None:
    found = {one.number: one.status for one in left(report).criteria}
    assert len(found) == 106
    assert found["9.3"] == "NC", "waived as `accepted`"
    assert found["3.2"] == "NT", "no engine could decide"
    assert found["8.6"] == "C", "signed"
    assert left(report).rate is None


def test_only_results_for_these_very_pages_name_their_testers(report: Report) -> None:
    states = report.result.states
    mine = replace(SIGNED, hash=fingerprint(states))
    stale = replace(SIGNED, role="auditeur", hash="0123456789abcdef")
    assert left(report, mine, stale).testers == (kept.Tester("auditrice", "NVDA 2026.3, Firefox 140", "2026-11-25"),)


def test_pages_are_told_by_their_headings_and_every_state_counts(report: Report) -> None:
    result = replace(
        report.result,
        states=[
            state("fr/-/catalogue:shown", '<h1 tabindex="-1">Vos\n démarches</h1>'),
            state("fr/a/you:empty", "<h1><b>L&#39;enfant</b></h1>"),
            state("fr/a/you:x.empty", "<h1>Encore</h1>"),
            replace(state("en/a/you:empty", "<h1>Child</h1>"), locale="en"),
        ],
        same={"fr/a/you:empty": ["fr/a/you~2:empty"]},
    )
    found = left(replace(report, result=result))
    assert found.pages == (kept.Page("", "Vos démarches"), kept.Page("a", "L'enfant"))
    assert found.states == 5
    assert found.tools == ("Chromium 156.0", "axe 4.14.1")


def test_it_is_left_where_the_service_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    monkeypatch.setenv("GUICHET_DATA", str(tmp_path))
    assert place() == tmp_path / "audit.json"
    monkeypatch.setenv("GUICHET_AUDIT", str(tmp_path / "elsewhere" / "last.json"))
    assert place() == tmp_path / "elsewhere" / "last.json"
    kept.save(place(), left(report))
    assert kept.load(place()) == left(report)
