"""What the tests of papers share: reading a PDF back as a person or a screen reader would."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from app.paper.model import Paper, text_of

_MARKERS = re.compile(r"[•☐☑\s]|\d+\.")


class ReadBack:
    """The text of a PDF, without white space, footers taken off the end of each page."""

    def __init__(self, pdf: bytes, footer: str) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(pdf))
        self.pages = [
            self._page(page.extract_text(), footer, number) for number, page in enumerate(self.reader.pages, 1)
        ]
        self.text = "".join(self.pages)

    def _page(self, text: str, footer: str, number: int) -> str:
        end = squeezed(f"{footer}{number} / {len(self.reader.pages)}")
        bare = squeezed(text)
        assert bare.endswith(end), f"page {number} has no footer"
        return bare.removesuffix(end)

    def assert_says(self, paper: Paper) -> None:
        """Every string of the model is there, in order, and between them nothing but list markers."""
        rest = self.text
        for wanted in (squeezed(part) for part in text_of(paper)):
            before, found, rest = rest.partition(wanted)
            assert found, f"not printed, or out of order: {wanted}"
            assert not _MARKERS.sub("", before), f"printed and not in the model: {before}"
        assert not _MARKERS.sub("", rest)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture
def read_back() -> type[ReadBack]:
    return ReadBack
