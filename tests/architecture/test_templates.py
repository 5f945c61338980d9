"""Templates hold no script, no style and no text that runs as a script."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sizes import files

FORBIDDEN = {
    "a script in an attribute": re.compile(r"\s(?:data-)?hx-on[:\-=]|\son[a-z]+\s*="),
    "text that runs as a script": re.compile(r"""["'\s](?:js|javascript):"""),
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a script inside the page": re.compile(r"<script(?![^>]*\ssrc=)"),
    "a style inside the page": re.compile(r"<style(?![^>]*\sdata-critical)"),
    "autoescape off": re.compile(r"autoescape\s+false"),
    "text taken as safe": re.compile(r"\|\s*safe\b"),
}
"""A critical style, let in by its hash, would carry `data-critical`."""


def faults(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_templates_are_inert() -> None:
    templates = list(files("templates", "*.html"))
    assert templates
    assert {path: found for path, text in templates if (found := faults(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        '<a hx-on:click="x()">',
        '<a data-hx-on="x">',
        '<a onclick = "x()">',
        '<a hx-vals="js:{a: 1}">',
        '<a href="javascript:x()">',
        '<p style="color: red">',
        "<script>x()</script>",
        "<style>p{}</style>",
        "{% autoescape false %}",
        "{{ text | safe }}",
    ],
)
def test_what_runs_is_found(text: str) -> None:
    assert faults(text)


def test_what_is_inert_is_left_alone() -> None:
    assert faults('<script defer src="/a.js"></script><p data-once="1" class="style">on = 1</p>') == []
