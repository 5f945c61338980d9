"""Sending happens once, whatever is clicked, retried or killed; what was frozen stays as it was."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.store import Store
from app.store.codes import check_symbol
from app.store.drafts import DraftFrozen, DraftRecord
from app.store.records import NotSent
from app.store.submissions import Kind, Submission
from app.store.tables import submissions
from tests.store.conftest import Clock, Installation
from tests.store.test_drafts import in_threads, start

SENDER = """
import sys
from pathlib import Path
from app.store import load_keys, open_store
data, url, draft = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3]
store = open_store(data, url, load_keys(data, url, {}))
print("ready", flush=True)
sys.stdin.readline()
print(store.submissions.submit(draft, lambda record: dict(record.data["answers"])).reference, flush=True)
"""


def answers_of(record: DraftRecord) -> dict[str, Any]:
    return dict(record.data["answers"])


def test_eight_clicks_at_once_send_once(installation: Installation) -> None:
    stores = [installation.open(), installation.open()]
    record, _, _ = start(stores[0], name="Aminata")
    sent: list[Submission] = []
    in_threads(lambda number: sent.append(stores[number % 2].submissions.submit(record.id, answers_of)), 8)
    assert len(sent) == 8
    assert all(submission == sent[0] for submission in sent)
    assert stores[0].submissions.of_draft(record.id) == sent[0]
    found = stores[0].drafts.load(record.id)
    assert found is not None
    assert found.state == "sent"
    assert [event.kind for event in stores[0].drafts.history(record.id)] == ["started", "sent"]


def test_two_processes_and_a_killed_one_give_one_reference(installation: Installation, clock: Clock) -> None:
    store = installation.open()
    clock.now = datetime.now(UTC)
    record, _, _ = start(store, name="Aminata")
    command = [sys.executable, "-c", SENDER, str(installation.data), installation.url or "", record.id]
    senders = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    references = set()
    for sender in senders:
        assert sender.stdout is not None
        assert sender.stdout.readline() == "ready\n"
    for sender in senders:
        assert sender.stdin is not None
        sender.stdin.write("\n")
        sender.stdin.flush()
    senders[0].kill()
    for sender in senders:
        output, _ = sender.communicate(timeout=30)
        references |= set(output.split())
    submission = store.submissions.of_draft(record.id)
    assert submission is not None
    assert references == {submission.reference}


def test_a_crash_while_building_sends_nothing(store: Store) -> None:
    record, _, _ = start(store, name="Aminata")

    def crash(current: DraftRecord) -> dict[str, Any]:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        store.submissions.submit(record.id, crash)
    assert store.submissions.of_draft(record.id) is None
    assert store.drafts.load(record.id) == record


def test_the_database_itself_refuses_a_second_sending(store: Store, clock: Clock) -> None:
    record, _, _ = start(store)
    store.submissions.submit(record.id, answers_of)
    row = {
        "draft_id": record.id,
        "kind": "sent",
        "sent_at": clock.now,
        "revision": "x",
        "draft_version": 9,
        "content": b"",
    }
    for edition in (1, 2):
        with pytest.raises(IntegrityError), store.database.write() as connection:
            connection.execute(insert(submissions), {**row, "edition": edition, "reference": f"other{edition}"})


def test_a_sent_file_stays_as_it_was(store: Store) -> None:
    record, _, _ = start(store, name="Aminata")
    sent = store.submissions.submit(record.id, answers_of)
    store.drafts.update(record.id, lambda r: {**r.data, "answers": {"name": "Changed"}})
    kinds: tuple[Kind, ...] = ("sent", "ready")
    for kind in kinds:
        assert store.submissions.submit(record.id, answers_of, kind=kind) == sent
    assert sent.content == {"name": "Aminata"}


def test_a_ready_file_that_changed_gets_an_edition_under_the_same_reference(store: Store) -> None:
    record, _, _ = start(store, name="Aminata")
    first = store.submissions.submit(record.id, answers_of, kind="ready")
    assert store.submissions.submit(record.id, answers_of, kind="ready") == first
    store.drafts.update(record.id, lambda r: {**r.data, "filed": {"on": "2026-03-02"}})
    assert store.submissions.submit(record.id, answers_of, kind="ready") == first
    store.drafts.update(record.id, lambda r: {**r.data, "answers": {"name": "Awa"}})
    second = store.submissions.submit(record.id, answers_of, kind="ready")
    assert (second.reference, second.edition, second.content) == (first.reference, 2, {"name": "Awa"})
    assert store.submissions.of_draft(record.id) == second


def test_a_reference_can_be_read_aloud_and_checked(store: Store) -> None:
    record, _, _ = start(store)
    letter, year, left, right, check = store.submissions.submit(record.id, answers_of).reference.split("-")
    assert (letter, year) == ("G", "2026")
    assert check == check_symbol(left + right)


def test_a_reference_drawn_twice_is_drawn_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["G-2026-0000-0000-0", "G-2026-0000-0000-0", "G-2026-0000-0001-X"])
    monkeypatch.setattr("app.store.submissions.new_reference", lambda year: next(drawn))
    references = [store.submissions.submit(start(store)[0].id, answers_of).reference for _ in range(2)]
    assert references == ["G-2026-0000-0000-0", "G-2026-0000-0001-X"]


def test_files_of_a_sent_draft_are_frozen(store: Store) -> None:
    record, _, _ = start(store)
    kept = store.files.add(record.id, document="d", name="n", media_type="m", stream=io.BytesIO(b"x"))
    store.submissions.submit(record.id, answers_of)
    with pytest.raises(DraftFrozen):
        store.files.add(record.id, document="d", name="n", media_type="m", stream=io.BytesIO(b"y"))
    with pytest.raises(DraftFrozen):
        store.files.remove(record.id, kept.id)
    assert store.files.of_draft(record.id) == [kept]


def test_eight_withdrawals_at_once_are_one(installation: Installation, clock: Clock) -> None:
    stores = [installation.open(), installation.open()]
    record, _, _ = start(stores[0], name="Aminata")
    with pytest.raises(NotSent):
        stores[0].drafts.withdraw(record.id)
    sent = stores[0].submissions.submit(record.id, answers_of)
    clock.advance(hours=1)
    done: list[DraftRecord] = []
    in_threads(lambda number: done.append(stores[number % 2].drafts.withdraw(record.id)), 8)
    clock.advance(hours=1)
    done.append(stores[0].drafts.withdraw(record.id))
    assert {found.withdrawn_at for found in done} == {clock.now - timedelta(hours=1)}
    assert [event.kind for event in stores[0].drafts.history(record.id)] == ["started", "sent", "withdrawn"]
    assert stores[0].submissions.of_draft(record.id) == sent, "what was sent stays as it was"
    assert stores[0].submissions.submit(record.id, answers_of) == sent, "a late retry of sending sends nothing"


def test_a_withdrawal_that_fails_in_the_middle_has_not_happened(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record, _, _ = start(store, name="Aminata")
    store.submissions.submit(record.id, answers_of)

    def fails(*_given: object, **_more: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("app.store.draft_rows.DraftRows.save", fails)
        with pytest.raises(OSError, match="no space"):
            store.drafts.withdraw(record.id)
    found = store.drafts.load(record.id)
    assert found is not None
    assert found.state == "sent"
    assert [event.kind for event in store.drafts.history(record.id)] == ["started", "sent"]
