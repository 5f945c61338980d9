"""A draft is started, opened, changed by several devices at once, left, and found again by its code."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from app.store import Store
from app.store.codes import ALPHABET, check_symbol, grouped, new_code, read_code
from app.store.drafts import Conflict, DraftGone, DraftPreview, DraftRecord, Throttled
from app.store.limits import Limits, TooManyDrafts
from tests.store.conftest import Clock, Installation


def start(store: Store, **answers: Any) -> tuple[DraftRecord, str, str]:
    return store.drafts.create("dcem", "sha", "fr", "prepare", {"answers": answers})


def test_only_a_device_with_a_token_opens_a_draft(store: Store) -> None:
    record, token, _ = start(store, name="Aminata")
    other, other_token, _ = start(store)
    opened = store.drafts.authorise(record.id, token)
    assert opened == record
    assert record.data["answers"] == {"name": "Aminata"}
    assert store.drafts.authorise(record.id, other_token) is None
    assert store.drafts.authorise(other.id, token) is None
    assert store.drafts.authorise(record.id, "") is None
    assert store.drafts.authorise(record.id, "\ud800") is None


def test_leaving_one_phone_leaves_the_others(store: Store) -> None:
    record, phone, _ = start(store)
    granted = store.drafts.grant_access(record.id)
    assert granted is not None
    library = granted[1]
    store.drafts.revoke_access(record.id, phone)
    assert store.drafts.authorise(record.id, phone) is None
    assert store.drafts.authorise(record.id, library) is not None
    store.drafts.revoke_all(record.id)
    assert store.drafts.authorise(record.id, library) is None
    assert store.drafts.load(record.id) is not None


def test_saving_over_a_newer_version_is_a_conflict_that_shows_it(store: Store) -> None:
    record, _, _ = start(store, a="1")
    newer = store.drafts.save(record.id, record.version, {"answers": {"a": "2"}})
    with pytest.raises(Conflict) as conflict:
        store.drafts.save(record.id, record.version, {"answers": {"a": "3"}})
    assert conflict.value.current == newer
    assert store.drafts.load(record.id) == newer


def with_answer(name: str, record: DraftRecord) -> dict[str, Any]:
    """The document of a draft with one more answer."""
    return {**record.data, "answers": {**record.data["answers"], name: "x"}}


def test_tabs_that_save_at_once_lose_nothing(installation: Installation) -> None:
    stores = [installation.open(), installation.open()]
    record, _, _ = start(stores[0])

    def fill(tab: int) -> None:
        for number in range(15):
            stores[tab % 2].drafts.update(record.id, partial(with_answer, f"tab{tab}_{number}"))

    in_threads(fill, 4)
    found = stores[0].drafts.load(record.id)
    assert found is not None
    assert len(found.data["answers"]) == 60
    assert found.version == 61


def in_threads(work: Callable[[int], object], count: int) -> None:
    """Run `work` in `count` threads; raise what any of them raised."""
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(work, range(count)))


def test_a_change_that_fails_saves_nothing(store: Store) -> None:
    record, _, _ = start(store, a="1")

    def fail(current: DraftRecord) -> dict[str, Any]:
        current.data["answers"]["a"] = "lost"
        raise RuntimeError("the page has an error")

    with pytest.raises(RuntimeError):
        store.drafts.update(record.id, fail, event="changed")
    assert store.drafts.load(record.id) == record


def test_an_update_moves_revision_and_writes_history_in_one_step(store: Store, clock: Clock) -> None:
    record, _, code = start(store)
    clock.advance(days=3)
    moved = store.drafts.update(
        record.id, lambda r: {"answers": {"é": "\ud800"}}, revision="sha2", event="moved_forward", detail={"n": 1}
    )
    assert (moved.revision, moved.version, moved.data["code"]) == ("sha2", 2, code)
    assert moved.expires_at == clock.now + timedelta(days=180)
    assert store.drafts.load(record.id) == moved
    assert [(e.kind, e.detail) for e in store.drafts.history(record.id)] == [
        ("started", None),
        ("moved_forward", {"n": 1}),
    ]


def test_an_update_without_a_change_keeps_the_version(store: Store) -> None:
    record, _, _ = start(store, a="1")
    assert store.drafts.update(record.id, lambda r: dict(r.data)) == record
    assert store.drafts.load(record.id) == record


def test_a_code_is_found_as_people_type_it(store: Store) -> None:
    record, _, code = start(store)
    assert record.data["code"] == code
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')} "):
        found = store.drafts.find_by_code(typed)
        assert found == DraftPreview(record.id, "dcem", record.started_at, record.changed_at)


def test_letters_that_look_like_figures_are_read_as_figures() -> None:
    body = "0101AB0101CD"
    code = body + check_symbol(body)
    assert read_code("olOi AbOL0I cD" + code[-1]) == body
    assert read_code(f"Code : {code}") == body
    for words in (
        "Votre code pour reprendre {} Valable jusqu'au 24 mai 2027.",
        "mon code est {}.",
        "({})",
        "{} : gardez-le",
    ):
        assert read_code(words.format(code)) == body, words
    assert read_code(f"Votre code pour reprendre{grouped(code)}") == body, "two lines pasted into a box of one"
    assert read_code(f"{code} ou {new_code()}") is None, "which one?"


def test_one_wrong_symbol_or_two_exchanged_are_noticed() -> None:
    symbols = new_code().replace("-", "")
    for at, right in enumerate(symbols):
        for wrong in ALPHABET.replace(right, ""):
            assert read_code(symbols[:at] + wrong + symbols[at + 1 :]) is None
        if symbols[at : at + 2] != symbols[at : at + 2][::-1]:
            assert read_code(symbols[:at] + symbols[at : at + 2][::-1] + symbols[at + 2 :]) is None


def test_a_new_code_replaces_the_old_one(store: Store) -> None:
    record, _, old = start(store)
    new = store.drafts.new_code(record.id)
    assert store.drafts.find_by_code(old) is None
    assert isinstance(store.drafts.find_by_code(new), DraftPreview)
    found = store.drafts.load(record.id)
    assert found is not None
    assert found.data["code"] == new


def test_a_thousand_wrong_codes_are_slowed_and_the_right_one_still_opens(store: Store, clock: Clock) -> None:
    _, _, code = start(store)
    results = [store.drafts.find_by_code(new_code()) for _ in range(1000)]
    assert results[:60] == [None] * 60
    assert all(isinstance(result, Throttled) for result in results[60:])
    assert isinstance(store.drafts.find_by_code(code), DraftPreview)
    last = results[-1]
    assert isinstance(last, Throttled)
    assert clock.now < last.until <= clock.now + timedelta(minutes=1)
    clock.now = last.until
    assert store.drafts.find_by_code(new_code()) is None


def test_one_wrong_code_tried_again_and_again_is_slowed_by_itself(store: Store) -> None:
    wrong = new_code()
    results = [store.drafts.find_by_code(wrong) for _ in range(10)]
    assert results[:5] == [None] * 5
    assert all(isinstance(result, Throttled) for result in results[5:])
    assert store.drafts.find_by_code(new_code()) is None


def test_a_slip_of_the_finger_is_not_counted(store: Store) -> None:
    for _ in range(200):
        code = new_code()
        assert store.drafts.find_by_code(code[:-1] + ("0" if code[-1] != "0" else "1")) is None
    assert store.drafts.find_by_code(new_code()) is None


def test_creation_is_limited_for_all_and_recovers(installation: Installation, clock: Clock) -> None:
    stores = [installation.open(Limits(drafts_at_once=5, drafts_per_second=0.5)) for _ in range(2)]
    for number in range(5):
        start(stores[number % 2])
    with pytest.raises(TooManyDrafts) as refusal:
        start(stores[0])
    clock.now = refusal.value.until
    start(stores[1])


def test_a_draft_ends_after_its_lifetime_counted_from_the_last_change(store: Store, clock: Clock) -> None:
    record, token, code = start(store)
    clock.advance(days=179)
    store.drafts.update(record.id, lambda r: {**r.data, "more": 1})
    clock.advance(days=179)
    assert store.drafts.authorise(record.id, token) is not None
    assert store.purge().drafts == 0
    clock.advance(days=1)
    assert store.drafts.authorise(record.id, token) is None
    assert store.drafts.find_by_code(code) is None
    with pytest.raises(DraftGone):
        store.drafts.update(record.id, lambda r: {"answers": {}})
    assert store.purge().drafts == 1
    assert store.purge().drafts == 0
