"""One procedure after the other, or, where there are many, several at once."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from app.spec.kept import Found, Kept

MANY = 6
"""From so many procedures on, starting other processes pays."""

Look = Callable[[Path], Found]


def look_at(folders: Sequence[Path], look: Look, today: date, kept: Kept | None) -> dict[Path, Found]:
    """What is found in each procedure; what is known from earlier is not looked for again. `look` must be picklable
    where there are many.
    """
    folders = list(dict.fromkeys(folders))
    keys = {folder: kept.key(folder, today) for folder in folders} if kept is not None else {}
    found = {folder: held for folder, key in keys.items() if kept and (held := kept.get(folder, key)) is not None}
    left = [folder for folder in folders if folder not in found]
    for folder, new in zip(left, _looked(left, look), strict=True):
        found[folder] = new
        if kept is not None:
            kept.put(folder, keys[folder], new)
    return found


def _looked(folders: Sequence[Path], look: Look) -> list[Found]:
    processes = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, len(folders) // 3)
    if len(folders) < MANY or processes < 2:
        return [undisturbed(look, folder) for folder in folders]
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial

    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(partial(undisturbed, look), folders, chunksize=max(1, min(8, len(folders) // 8))))


def undisturbed(look: Look, folder: Path) -> Found:
    """Look without the garbage collector, which finds hardly anything and costs a tenth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        return look(folder)
    finally:
        if before:
            gc.enable()
