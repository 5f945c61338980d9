"""Installations for the tests of the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.installation import Installation, install
from tests.web.person import Person


@pytest.fixture
def site(tmp_path: Path) -> Installation:
    """The shipped procedures, mode `prepare`, on the morning of 24 November 2026."""
    return install(tmp_path)


@pytest.fixture
def authority(tmp_path: Path) -> Installation:
    """The same, run by the authority itself."""
    return install(tmp_path, environment={"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Préfecture d'essai"})


@pytest.fixture
def person(site: Installation) -> Person:
    """Somebody with a browser without scripts."""
    return Person(site.client())
