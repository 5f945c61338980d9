"""Signed values that travel through pages: CSRF tokens without a time limit, and the digest of what a page showed."""

from __future__ import annotations

import hmac
import secrets


class Signer:
    """Signs short texts with the installation's signing secret.

    A CSRF token is the signature of the secret that the browser holds in a cookie (the draft's access token, or the
    visit cookie on pages without a draft). It lives as long as that cookie: a person who comes back after a week loses
    nothing.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, purpose: str, *parts: str) -> str:
        """Hexadecimal HMAC-SHA-256 over `purpose` and `parts`, shortened to 128 bits."""
        message = "\x1f".join((purpose, *parts)).encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret, message, "sha256").hex()[:32]

    def matches(self, given: str, purpose: str, *parts: str) -> bool:
        """Whether `given` is the signature of `parts`; constant time."""
        return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self.sign(purpose, *parts).encode())

    def csrf(self, holder: str) -> str:
        """The CSRF token for the browser that holds the cookie value `holder`."""
        return self.sign("csrf", holder)

    def csrf_matches(self, given: str, holder: str) -> bool:
        return bool(holder) and self.matches(given, "csrf", holder)


def new_visit() -> str:
    """A fresh value for the visit cookie: random, says nothing about the person."""
    return secrets.token_urlsafe(18)
