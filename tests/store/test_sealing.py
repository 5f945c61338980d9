"""What is sealed opens only whole, unchanged, in its place, with its key."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from app.store.envelope import HEADER_BYTES, NONCE_BYTES, Key, Tampered
from app.store.keys import KeyRing, KeysError, key_file, new_key
from app.store.spool import EncryptedSpool
from app.store.stream import CHUNK, decrypted, encrypted
from app.store.vault import Vault

HEADER = 41
SEALED_CHUNK = CHUNK + 16


def test_a_value_opens_only_in_its_draft_and_column() -> None:
    key = Key.new()
    sealed = key.seal(b"Aminata", "draft1", "drafts.data")
    assert key.open(sealed, "draft1", "drafts.data") == b"Aminata"
    for draft, column in (("draft2", "drafts.data"), ("draft1", "events.detail")):
        with pytest.raises(Tampered):
            key.open(sealed, draft, column)


def test_any_changed_byte_is_noticed() -> None:
    key = Key.new()
    sealed = key.seal(b"Aminata", "draft1", "c")
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(Tampered):
            key.open(bytes(changed), "draft1", "c")
    for end in range(len(sealed)):
        with pytest.raises(Tampered):
            key.open(sealed[:end], "draft1", "c")


def test_nonces_do_not_repeat() -> None:
    key = Key.new()
    nonces = {key.seal(b"same", "d", "c")[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES] for _ in range(5000)}
    assert len(nonces) == 5000


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_comes_back_whatever_its_size(size: int) -> None:
    key, clear = Key.new(), os.urandom(size)
    pieces = [clear[at : at + 10_000] for at in range(0, size, 10_000)]
    sealed = b"".join(encrypted(key, pieces, "d", "f"))
    assert b"".join(decrypted(key, io.BytesIO(sealed), "d", "f")) == clear


def test_a_file_that_was_cut_reordered_or_moved_does_not_open() -> None:
    key = Key.new()
    sealed = b"".join(encrypted(key, [os.urandom(3 * CHUNK)], "d", "f"))
    head, body = sealed[:HEADER], sealed[HEADER:]
    first, second, third = (body[at : at + SEALED_CHUNK] for at in range(0, 3 * SEALED_CHUNK, SEALED_CHUNK))
    for wrong in (
        head + first + second,
        head + second + first + third,
        head + first + second + third + third,
        head + first + third,
        head,
        sealed[:-1],
        b"",
    ):
        with pytest.raises(Tampered):
            list(decrypted(key, io.BytesIO(wrong), "d", "f"))
    for draft, file_id in (("e", "f"), ("d", "g")):
        with pytest.raises(Tampered):
            list(decrypted(key, io.BytesIO(sealed), draft, file_id))


def test_the_spool_behaves_like_a_file_and_is_never_clear_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: (tmp_path / "spill").open("w+b"))
    planted = b"PLANTED-CONTENT " * 50_000
    spool, plain = EncryptedSpool(), io.BytesIO()
    for at in range(0, len(planted), 7_777):
        spool.write(planted[at : at + 7_777])
        plain.write(planted[at : at + 7_777])
    assert spool.spilled
    for position, written in ((100, b"start"), (65_530, b"over an edge"), (900_000, b"past the end")):
        for file in (spool, plain):
            file.seek(position)
            file.write(written)
    for position, count in ((0, 70_000), (65_000, 200_000), (799_990, 200), (0, -1)):
        spool.seek(position)
        plain.seek(position)
        assert spool.read(count) == plain.read(count)
        assert spool.tell() == plain.tell()
    on_disk = (tmp_path / "spill").read_bytes()
    assert len(on_disk) > 700_000
    assert b"PLANTED" not in on_disk


def test_a_small_upload_never_reaches_the_disk() -> None:
    spool = EncryptedSpool()
    spool.write(b"x" * 200_000)
    assert not spool.spilled


def test_first_start_writes_keys_beside_the_data_for_the_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = KeyRing.load({}, data, holds_data=False)
    path = key_file(data)
    assert path == tmp_path / "data.keys"
    assert path.stat().st_mode & 0o777 == 0o600
    again = KeyRing.load({}, data, holds_data=True)
    assert (again.sign, again.master) == (first.sign, first.master)
    assert list(tmp_path.iterdir()) == [path]


def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    KeyRing.load({}, tmp_path / "data", holds_data=False)
    key_file(tmp_path / "data").chmod(0o644)
    with pytest.raises(KeysError, match="chmod 600"):
        KeyRing.load({}, tmp_path / "data", holds_data=True)


@pytest.mark.parametrize(
    "environment",
    [
        {"GUICHET_SECRET_KEY": "x" * 40},
        {"GUICHET_DATA_KEYS": new_key()},
        {"GUICHET_SECRET_KEY": "short", "GUICHET_DATA_KEYS": new_key()},
        {"GUICHET_SECRET_KEY": "x" * 40, "GUICHET_DATA_KEYS": "not base64!"},
        {"GUICHET_SECRET_KEY": "x" * 40, "GUICHET_DATA_KEYS": "c2hvcnQ="},
    ],
)
def test_half_or_broken_keys_are_refused(environment: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(KeysError) as refusal:
        KeyRing.load(environment, tmp_path / "data", holds_data=False)
    assert all(value not in str(refusal.value) for value in environment.values())


def test_the_vault_keeps_a_bounded_number_of_keys(tmp_path: Path) -> None:
    vault = Vault(KeyRing.load({}, tmp_path / "data", holds_data=False), size=10)
    wrapped = {f"d{number}": vault.new(f"d{number}")[1] for number in range(30)}
    secrets = {draft: vault.key(draft, sealed).secret for draft, sealed in wrapped.items()}
    assert len(vault) == 10
    assert all(vault.key(draft, sealed).secret == secrets[draft] for draft, sealed in wrapped.items())
