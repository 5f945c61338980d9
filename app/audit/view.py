"""One state as the browser shows it: what stands on the page, and what assistive technology is told of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.audit.browser import Browser
from app.audit.criteria import reference
from app.audit.findings import Finding, Outcome
from app.audit.states import State

SCRIPT = (Path(__file__).parent / "files" / "look.js").read_text(encoding="utf-8")
ENGINE = "model"
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What assistive technology is told of one element (Chromium's accessibility tree)."""

    role: str
    name: str
    description: str
    required: bool
    invalid: bool


NOTHING = Told("", "", "", required=False, invalid=False)


@dataclass(frozen=True, slots=True)
class View:
    """`page` is what `files/look.js` gives, `told` what is told of each element that has an id."""

    state: State
    page: Mapping[str, Any]
    told: Mapping[str, Told]

    def of(self, id_: str) -> Told:
        return self.told.get(id_, NOTHING)

    def finding(
        self, rule: str, at: Mapping[str, Any] | str, message: str, *criteria: str, outcome: Outcome = "fault"
    ) -> Finding:
        """A finding about an element of the page: one that `look.js` gave, or a selector."""
        target, html = (at, "") if isinstance(at, str) else (str(at["target"]), str(at["html"]))
        return Finding(ENGINE, rule, outcome, target, html, message, self.state.name, self.state.path, criteria)


def plain(text: str) -> str:
    """Text as it is compared: every sort of space is one space."""
    return _SPACES.sub(" ", text).strip()


def prepare(browser: Browser) -> None:
    """Let the page on the stage be looked at."""
    browser.execute_script(SCRIPT)
    browser.execute_cdp_cmd("DOM.enable", {})
    browser.execute_cdp_cmd("Accessibility.enable", {})


def view_of(browser: Browser, state: State) -> View:
    """The state that is shown now."""
    page: dict[str, Any] = browser.execute_script("return lookAt(arguments[0])", reference().applies)
    return View(state, page, _told(browser))


def _told(browser: Browser) -> dict[str, Told]:
    document = browser.execute_cdp_cmd("DOM.getDocument", {"depth": -1})["root"]
    ids: dict[int, str] = {}
    waiting = [document]
    while waiting:
        node = waiting.pop()
        pairs = node.get("attributes", ())
        for name, value in zip(pairs[::2], pairs[1::2], strict=True):
            if name == "id":
                ids[node["backendNodeId"]] = value
        waiting += node.get("children", ())
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return {
        ids[node["backendDOMNodeId"]]: _read(node)
        for node in nodes
        if not node.get("ignored") and node.get("backendDOMNodeId") in ids
    }


def _read(node: Mapping[str, Any]) -> Told:
    properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    return Told(
        role=str(node.get("role", {}).get("value", "")),
        name=plain(str(node.get("name", {}).get("value", ""))),
        description=plain(str(node.get("description", {}).get("value", ""))),
        required=bool(properties.get("required")),
        invalid=str(properties.get("invalid", "false")) not in ("false", ""),
    )
