"""What a WSGI server imports: the application of the environment's settings."""

from __future__ import annotations

import gc
import os

from app.web.factory import build_app
from app.web.settings import Settings

application = build_app(Settings.read(os.environ))

# What start-up made stays for the life of the process: the collector need not look at it again and again (measured with
# `make bench`). A request leaves few cycles behind, so that it need not look after every few requests either.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
