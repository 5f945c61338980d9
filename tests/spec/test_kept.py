"""What has not changed is not checked again: KE01 nothing is looked at twice, KE02 every file that counts counts, and
the day, KE03 a cache that cannot be used changes nothing, KE04 what is kept is what was found, KE05 several at once
find the same as one after the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from app.spec.check import check_paths, main
from app.spec.codes.examples import BASE, BLOCK, TABLES
from app.spec.diagnostics import Diagnostic
from app.spec.kept import Found, Kept, kept_in
from app.spec.look import procedure_in
from app.spec.many import MANY, look_at

TODAY = date(2026, 11, 24)
LEADS = """outcomes:
  - {id: "away", when: {moved: "yes"}, title: "Ailleurs", body: "Là.", go_to: [{procedure: "autre"}]}
"""
WRONG = BASE.replace('label: "Heures', 'lable: "Heures').replace(', birth: "yes"', "") + LEADS


def _folder(root: Path, text: str = WRONG) -> Path:
    for name, files in (("shared", {"contact.yaml": BLOCK}), ("tables", TABLES), ("exemple", {"procedure.yaml": text})):
        (root / name).mkdir(parents=True)
        for file, content in files.items():
            (root / name / file).write_text(content.lstrip("\n"), encoding="utf-8")
    (root / "exemple" / "cases.yaml").write_text("- person: 1\n", encoding="utf-8")
    (root / "autre").mkdir()
    (root / "autre" / "procedure.yaml").write_text(BASE.replace('"exemple"', '"autre"').lstrip("\n"), encoding="utf-8")
    return root / "exemple"


def _looked(folder: Path, cache: Path, today: date = TODAY) -> int:
    """How many procedures are looked at."""
    looked: list[Path] = []

    def look(path: Path) -> Found:
        looked.append(path)
        return Found()

    look_at([folder], look, today, Kept(cache))
    return len(looked)


def test_ke01_unchanged_files_are_not_looked_at_again(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "p")
    assert [_looked(folder, tmp_path / "cache") for _ in range(3)] == [1, 0, 0]
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.parametrize(
    "file",
    [
        "exemple/procedure.yaml",
        "exemple/cases.yaml",
        "shared/contact.yaml",
        "tables/prefectures.csv",
        "autre/procedure.yaml",
    ],
)
def test_ke02_every_file_that_is_read_counts(tmp_path: Path, file: str) -> None:
    folder = _folder(tmp_path / "p")
    _looked(folder, tmp_path / "cache")
    changed = tmp_path / "p" / file
    changed.write_text(changed.read_text(encoding="utf-8") + "# plus\n", encoding="utf-8")
    assert [_looked(folder, tmp_path / "cache") for _ in range(2)] == [1, 0]


def test_ke02_the_day_the_program_and_a_missing_procedure_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = _folder(tmp_path / "p"), tmp_path / "cache"
    _looked(folder, cache)
    assert _looked(folder, cache, date(2026, 11, 25)) == 1
    monkeypatch.setattr("app.spec.kept.program", lambda: "another")
    assert [_looked(folder, cache) for _ in range(2)] == [1, 0]
    (tmp_path / "p" / "autre" / "procedure.yaml").unlink()
    assert _looked(folder, cache) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"key": 1}', None])
def test_ke03_a_damaged_or_closed_cache_is_none(tmp_path: Path, content: str | None) -> None:
    folder, cache = _folder(tmp_path / "p"), tmp_path / "cache"
    if content is None:
        cache.write_text("a file in place of the folder", encoding="utf-8")
        assert [_looked(folder, cache) for _ in range(2)] == [1, 1]
        return
    _looked(folder, cache)
    (kept,) = cache.iterdir()
    kept.write_text(content, encoding="utf-8")
    assert [_looked(folder, cache) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("environ", "place"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/guichet/check"),
        ({"XDG_CACHE_HOME": "c", "HOME": "/h"}, "/h/.cache/guichet/check"),
        ({"HOME": "/h"}, "/h/.cache/guichet/check"),
    ],
)
def test_ke03_the_cache_lies_where_caches_lie(environ: Mapping[str, str], place: str) -> None:
    assert kept_in(environ).folder == Path(place)


def test_ke04_what_is_kept_says_the_same_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _folder(tmp_path / "p")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    call = [str(folder), "--today", "2026-11-24"]
    for more in ([], ["--lang", "en"], ["--format", "json"]):
        assert main([*call, *more, "--no-cache"]) == 1
        fresh = capsys.readouterr().out
        main([*call, *more])
        capsys.readouterr()
        assert main([*call, *more]) == 1
        assert capsys.readouterr().out == fresh
    held = json.loads(next((tmp_path / "cache" / "guichet" / "check").iterdir()).read_text(encoding="utf-8"))
    assert {row["code"] for row in held["diagnostics"]} >= {"S01", "M28"}


def test_ke04_a_repair_counts_as_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _folder(tmp_path / "p", BASE.replace('title: "Un exemple"', 'titel: "Un exemple"'))
    (folder / "cases.yaml").unlink()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    call = [str(folder), "--today", "2026-11-24"]
    assert [main(call), main([*call, "--fix"]), main(call)] == [1, 0, 0]


def _identities(found: list[Diagnostic]) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.file, one.line, one.message) for one in found]


def test_ke05_several_at_once_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _folder(tmp_path / "p").parent
    for number in range(MANY):
        (root / f"exemple-{number}").mkdir()
        (root / f"exemple-{number}" / "procedure.yaml").write_text(WRONG.lstrip("\n"), encoding="utf-8")
    looked: list[int] = []

    def affinity(count: int) -> Callable[[int], range]:
        def there(_: int) -> range:
            looked.append(count)
            return range(count)

        return there

    monkeypatch.setattr("os.sched_getaffinity", affinity(1))
    alone = check_paths([root], TODAY)
    monkeypatch.setattr("os.sched_getaffinity", affinity(2))
    together = check_paths([root], TODAY)
    assert looked == [1, 2]
    assert _identities(together.diagnostics) == _identities(alone.diagnostics)
    assert len(together.diagnostics) > 2 * MANY
    assert together.texts() == alone.texts()
    assert procedure_in(root / "exemple", TODAY, None).files == 2
