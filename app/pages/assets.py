"""Static files under names that change with their content, compressed once when the service starts."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

import brotli  # type: ignore[import-untyped]  # ships no types
from markupsafe import Markup
from werkzeug.datastructures import Accept

from app.pages.views import AssetUrls

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
PREFIX = "/static/"
STYLE = "css/guichet.css"
WORTH_COMPRESSING = (".css", ".js", ".svg")


@dataclass(frozen=True, slots=True)
class StaticReply:
    """The bytes to send for a file; `encoding` for `Content-Encoding`, None when they are not compressed."""

    body: bytes
    media_type: str
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its address name (`css/guichet.1a2b3c4d5e6f.css`), its bytes, and the same by encoding."""

    name: str
    body: bytes
    media_type: str
    encoded: Mapping[str, bytes]


class Assets:
    """Every file below `static/`, in memory: a few dozen kilobytes. `url` gives addresses, `find` answers requests."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self._by_path = dict(assets)
        self._by_name = {asset.name: asset for asset in assets.values()}

    @classmethod
    def load(cls, root: Path) -> Assets:
        """Read every file below `root` whose type we serve. Names are relative to `root`, with slashes."""
        found = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix in MEDIA_TYPES)
        return cls({path.relative_to(root).as_posix(): _asset(path, root) for path in found})

    def url(self, path: str) -> str:
        """The address of `path` ("css/guichet.css"). Raises KeyError when there is no such file."""
        return PREFIX + self._by_path[path].name

    def text(self, path: str) -> str:
        """What stands in a file of text. Raises KeyError when there is no such file."""
        return self._by_path[path].body.decode()

    def __contains__(self, path: str) -> bool:
        return path in self._by_path

    def find(self, name: str, accepted: Accept) -> StaticReply | None:
        """The reply for an address below `/static/`, in the best encoding the browser accepts; None: no such file."""
        asset = self._by_name.get(name)
        if asset is None:
            return None
        for encoding, body in asset.encoded.items():
            if accepted.quality(encoding) > 0:
                return StaticReply(body, asset.media_type, encoding)
        return StaticReply(asset.body, asset.media_type, None)

    @cached_property
    def style(self) -> Markup:
        """The style sheet, to stand in a page. Raises ValueError if it could end the element that holds it."""
        text = self.text(STYLE)
        if "</" in text:
            raise ValueError(f"{STYLE}: `</` may not stand in a style sheet")
        return Markup(text)  # noqa: S704 - our own file, and it cannot leave its element

    @cached_property
    def style_hash(self) -> str:
        """What the content security policy allows to stand in a page (CSP 3, section 2.3.1)."""
        return "sha256-" + base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()

    @cached_property
    def arrival_urls(self) -> AssetUrls:
        """The same as `page_urls` for pages where people arrive: the style stands in them, and its file is fetched for
        the pages after them.

        Measured on a slow line: the first paint comes in half the time (docs/performance.md).
        """
        return replace(self.page_urls, style=self.style)

    @cached_property
    def draft_urls(self) -> AssetUrls:
        """The same as `page_urls` for the pages of a draft."""
        return replace(self.page_urls, worker="/service-worker.js")

    @cached_property
    def page_urls(self) -> AssetUrls:
        """The addresses that every page needs. htmx is put in place by the set-up; without it pages are plain."""
        htmx = "vendor/htmx-4.0.1.min.js"
        return AssetUrls(
            css=self.url(STYLE),
            js=self.url("js/guichet.js"),
            htmx=self.url(htmx) if htmx in self else "",
            icon=self.url("icon.svg"),
            speech=self.url("js/speech.js"),
        )


def _asset(path: Path, root: Path) -> Asset:
    body = path.read_bytes()
    relative = PurePosixPath(path.relative_to(root).as_posix())
    fingerprint = hashlib.sha256(body).hexdigest()[:12]
    name = str(relative.with_name(f"{relative.stem}.{fingerprint}{relative.suffix}"))
    encoded: dict[str, bytes] = {}
    if path.suffix in WORTH_COMPRESSING:
        encoded["br"] = brotli.compress(body, quality=11)
        encoded["gzip"] = gzip.compress(body, 9, mtime=0)
    return Asset(name, body, MEDIA_TYPES[path.suffix], encoded)
