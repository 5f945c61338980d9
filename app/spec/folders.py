"""Where procedures lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_NOT_PROCEDURES = frozenset({"shared", "tables"})


def procedures_in(given: str | Path | None, environ: Mapping[str, str]) -> Path:
    """The folder of procedures of a command: as `given`, else `GUICHET_PROCEDURES`, else `procedures`."""
    return Path(given or environ.get("GUICHET_PROCEDURES") or "procedures")


def procedure_folders(procedures_dir: Path) -> list[Path]:
    """The sub-folders that hold a procedure, in alphabetical order; none where the folder does not exist."""
    if not procedures_dir.is_dir():
        return []
    return sorted(
        child
        for child in procedures_dir.iterdir()
        if child.is_dir() and child.name not in _NOT_PROCEDURES and (child / "procedure.yaml").is_file()
    )
