"""What a WSGI server imports: the application of the environment's settings."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading

from app.web.factory import build_app
from app.web.settings import Settings

GRACE = 10
"""Seconds that requests have to end when the parent is gone."""


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    """End this worker when its parent has ended, however that was.

    A worker that outlives a killed parent keeps the port beside those of the next start, and goes on serving what may
    be an older version of the procedures.
    """
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE)
    os._exit(1)


application = build_app(Settings.read(os.environ))

# What start-up made stays for the life of the process: the collector need not look at it again and again (measured with
# `make bench`). A request leaves few cycles behind, so that it need not look after every few requests either.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)

if (_parent := multiprocessing.parent_process()) is not None:
    threading.Thread(target=_end_with, args=(_parent,), name="parent", daemon=True).start()
