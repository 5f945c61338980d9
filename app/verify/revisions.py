"""Where a revision to compare lies: a file, a folder, or either at some revision of git (`HEAD~1:procedures/dcem`)."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.spec.compiler import Compiled, compile_folder
from app.spec.folders import procedure_folders


class NotFound(Exception):
    """Nothing to compare lies there; the message names it."""


@contextmanager
def revision(written: str, *, forgiving: bool = False) -> Iterator[dict[str, Compiled]]:
    """The compiled procedures of what an author wrote, by slug; `forgiving` as for `compile_folder`."""
    path = Path(written)
    name, colon, inside = written.partition(":")
    if path.exists() or not colon:
        yield _compiled(path, written, forgiving)
        return
    with tempfile.TemporaryDirectory() as folder:
        _extract(name, inside, Path(folder))
        yield _compiled(Path(folder) / inside, written, forgiving)


def _compiled(path: Path, written: str, forgiving: bool) -> dict[str, Compiled]:
    folder = path.parent if path.is_file() and path.name == "procedure.yaml" else path
    folders = [folder] if (folder / "procedure.yaml").is_file() else procedure_folders(folder)
    if not folders:
        raise NotFound(written)
    found = {}
    for one in folders:
        root = one.resolve().parent
        found[one.resolve().name] = compile_folder(one, root / "shared", root / "tables", forgiving=forgiving)
    return found


def _extract(name: str, inside: str, into: Path) -> None:
    """Write what git holds at a revision: a procedure comes with the others of its folder, and with what they share."""
    where = Path(inside)
    if where.name == "procedure.yaml":
        where = where.parent
    alone = _git("cat-file", "-e", f"{name}:{where / 'procedure.yaml'}") is not None
    around = where.parent if alone and where.parent != Path() else where
    archive = _git("archive", "--format=tar", name, "--", str(around))
    if archive is None:
        raise NotFound(f"{name}:{inside}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as held:
        held.extractall(into, filter="data")


def _git(*arguments: str) -> bytes | None:
    """What git answers, from the folder where the command was called; None where it refuses."""
    done = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S607 - the git of the author
    return done.stdout if done.returncode == 0 else None
