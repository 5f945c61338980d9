"""Static files: names that follow their content, and the encoding the browser accepts."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from werkzeug.datastructures import Accept

from app.pages.assets import Assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("p{margin:0}" * 50, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not served", encoding="utf-8")
    return tmp_path


def test_address_changes_with_the_content(folder: Path) -> None:
    before = Assets.load(folder).url("css/a.css")
    (folder / "css" / "a.css").write_text("p{margin:1px}", encoding="utf-8")
    assert Assets.load(folder).url("css/a.css") != before


@pytest.mark.parametrize(("accepted", "encoding"), [("br", "br"), ("gzip", "gzip"), ("", None)])
def test_reply_is_in_an_accepted_encoding(folder: Path, accepted: str, encoding: str | None) -> None:
    assets = Assets.load(folder)
    name = assets.url("css/a.css").removeprefix("/static/")
    reply = assets.find(name, Accept([(accepted, 1)] if accepted else []))
    assert reply is not None
    assert reply.encoding == encoding
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](reply.body)
    assert opened == (folder / "css" / "a.css").read_bytes()


def test_unknown_name_and_other_types_are_not_served(folder: Path) -> None:
    assets = Assets.load(folder)
    assert "notes.txt" not in assets
    assert assets.find("css/a.css", Accept()) is None
