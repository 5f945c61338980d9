"""Where the files of an installation lie, in tests that run on the local folder and on an S3 store alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store.blobs import Blobs, LocalBlobs
from app.store.s3 import Bucket, S3Blobs
from tests.store.s3 import S3Server, settings_of
from tests.web.installation import Installation
from tests.web.trial import install_trial


def anywhere(request: pytest.FixtureRequest, folder: Path) -> Installation:
    """A trial installation, on the place that the parameter names: `folder` or `s3`."""
    if request.param == "folder":
        return install_trial(folder)
    server: S3Server = request.getfixturevalue("s3")
    return install_trial(folder, environment=settings_of(server.bucket()))


def blobs_of(trial: Installation) -> Blobs:
    bucket = trial.settings.bucket
    return LocalBlobs(trial.settings.data / "files") if bucket is None else S3Blobs(Bucket(**bucket))


def kept(trial: Installation) -> list[str]:
    """The names of all that lies there, halves that a crash left included."""
    return [name for name, _ in blobs_of(trial).list()]
