"""What a WSGI server imports: the application of the environment's settings."""

from __future__ import annotations

import os

from app.web.factory import build_app
from app.web.settings import Settings

application = build_app(Settings.read(os.environ))
