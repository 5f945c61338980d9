"""What a process keeps of the pages that it has printed, and how tests that change what pages are made of forget it.

A process of the service never needs to: its templates and translations are those that it started with.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.locale import country_choices, country_name
from app.locale.catalogue import Catalogues
from app.pages import environment, once, render, texts
from app.spec.model import shelf
from app.web import filing
from tests.locale import pseudo


def forget_printed() -> None:
    """Print every page anew from now on, from templates and translations as they are."""
    for remembered in (
        environment.environment,
        render._template,
        once._frame,
        texts._pieces,
        filing._questions,
        country_name,
        country_choices,
    ):
        remembered.cache_clear()
    once._steps.clear()
    shelf.clear()


@contextmanager
def spoken(catalogues: Catalogues) -> Iterator[None]:
    """The service speaks the languages of `catalogues`, real ones too: nothing is kept of how they spoke before, nor
    afterwards of how they spoke here.
    """
    forget_printed()
    with pseudo.only(catalogues):
        yield
    forget_printed()
