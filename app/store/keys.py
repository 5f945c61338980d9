"""The installation's secrets: one signs, another encrypts (design, decision 10).

They come from the environment, or from a key file that the first start writes beside the data folder, never inside
it: a backup of the data folder holds no key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.store.envelope import KEY_BYTES, Key, Tampered, sealed_by

SIGNING = "GUICHET_SECRET_KEY"
DATA_KEYS = "GUICHET_DATA_KEYS"
LEAST_SECRET = 32
"""Characters of the signing secret, at least."""

_FILE_HEAD = """\
# Guichet keys. Without this file, the answers and files beside it cannot be read by anyone.
# Keep a copy in a safe place, NOT with the backups of the data folder. See docs/operations.md.
"""


class KeysError(Exception):
    """The keys are missing, unreadable or not those of the data. The message says which and what to do, and holds no
    secret.
    """


class KeyRing:
    """`sign` signs (cookies, codes, forms); `master` maps key id (hexadecimal) to 32 bytes, the current key first."""

    def __init__(self, sign: bytes, master: Sequence[bytes]) -> None:
        if not master:
            raise KeysError(f"{DATA_KEYS}: il faut au moins une clé.")
        self.sign = sign
        self._keys = {key.id: key for key in map(Key, master)}
        self._current = Key(master[0])
        self._hmac_keys: dict[str, bytes] = {}
        self.master: Mapping[str, bytes] = {key.id.hex(): key.secret for key in self._keys.values()}

    @property
    def current_id(self) -> bytes:
        """The id of the key that new data keys are wrapped with."""
        return self._current.id

    @classmethod
    def load(cls, environment: Mapping[str, str], data: Path, *, holds_data: bool) -> KeyRing:
        """The keys of the installation whose data folder is `data`.

        Both variables set: from them. None set: from the key file, written now if `holds_data` is false (a first
        start). Raises `KeysError` if only one is set, a key is malformed, others can read the key file, or it is
        missing though there is data to open.
        """
        given = {name: environment.get(name, "").strip() for name in (SIGNING, DATA_KEYS)}
        if all(given.values()):
            return cls._read(given, "environnement")
        if any(given.values()):
            raise KeysError(f"{SIGNING} et {DATA_KEYS} vont ensemble : donnez les deux, ou aucun des deux.")
        path = key_file(data)
        if not path.exists():
            if holds_data:
                raise KeysError(
                    f"{path}: fichier de clés introuvable, alors que des données existent. "
                    f"Remettez ce fichier à sa place, ou donnez {SIGNING} et {DATA_KEYS}."
                )
            _create(path)
        return cls._read(_parse(path), str(path))

    @classmethod
    def _read(cls, given: Mapping[str, str], origin: str) -> KeyRing:
        secret = given.get(SIGNING, "")
        if len(secret) < LEAST_SECRET:
            raise KeysError(f"{origin}: {SIGNING} doit avoir au moins {LEAST_SECRET} caractères.")
        master = [_key(text, origin) for text in given.get(DATA_KEYS, "").replace(",", " ").split()]
        return cls(hashlib.sha256(b"guichet signing\x00" + secret.encode()).digest(), master)

    def tag(self, purpose: str, text: str) -> bytes:
        """HMAC-SHA-256 of `text`, under a key of its own for each purpose; 32 bytes."""
        key = self._hmac_keys.get(purpose)
        if key is None:
            key = self._hmac_keys[purpose] = hmac.digest(self.sign, b"guichet store " + purpose.encode(), "sha256")
        return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")

    def wrap(self, key: Key, draft_id: str) -> bytes:
        """A draft's key, sealed with the current master key."""
        return self._current.seal(key.secret, draft_id, "data key")

    def unwrap(self, wrapped: bytes, draft_id: str) -> Key:
        """A draft's key. Raises `Tampered`, also when its master key is not in the ring."""
        master = self._keys.get(sealed_by(wrapped))
        if master is None:
            raise Tampered("data key: its master key is not in the ring")
        return Key(master.open(wrapped, draft_id, "data key"))

    def check_value(self) -> bytes:
        """What is stored so that a later start can see whether it has the same secrets: it proves both, and reveals
        neither.
        """
        return self._current.seal(self.tag("check", "guichet"), "-", "check")

    def opens(self, check_value: bytes) -> bool:
        """Whether these are the secrets that `check_value` was made with."""
        try:
            master = self._keys.get(sealed_by(check_value))
            return master is not None and hmac.compare_digest(
                master.open(check_value, "-", "check"), self.tag("check", "guichet")
            )
        except Tampered:
            return False


def key_file(data: Path) -> Path:
    """Where the key file of a data folder lies: beside it, `data` → `data.keys`."""
    data = data.resolve()
    return data.with_name(data.name + ".keys")


def new_key() -> str:
    """A fresh master key as text."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def _key(text: str, origin: str) -> bytes:
    try:
        secret = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise KeysError(f"{origin}: une clé de {DATA_KEYS} n'est pas faite de {KEY_BYTES} octets en base64.")
    return secret


def _create(path: Path) -> None:
    """Write fresh keys, whole or not at all. If another process was quicker, its file stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f"{_FILE_HEAD}{SIGNING}={secrets.token_urlsafe(48)}\n{DATA_KEYS}={new_key()}\n"
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # A link fails where a rename would replace: keys that exist are never overwritten.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _parse(path: Path) -> dict[str, str]:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KeysError(f"{path}: fichier de clés illisible ({type(error).__name__}).") from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeysError(f"{path}: d'autres utilisateurs peuvent lire les clés. Faites : chmod 600 {path}")
    lines = (line.partition("=") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in lines}
