"""Configuration: the environment, read and checked once at start.

Every setting is one row of `SETTINGS`; `docs/operations.md` lists the same rows and a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Mode = Literal["prepare", "authority"]

SETTINGS: dict[str, str] = {
    "GUICHET_DATA": "data",
    "GUICHET_PROCEDURES": "procedures",
    "GUICHET_MODE": "prepare",
    "GUICHET_DATABASE_URL": "",
    "GUICHET_STORAGE_URL": "",
    "GUICHET_STORAGE_ENDPOINT": "",
    "GUICHET_STORAGE_REGION": "us-east-1",
    "GUICHET_STORAGE_ACCESS_KEY": "",
    "GUICHET_STORAGE_SECRET_KEY": "",
    "GUICHET_SECRET_KEY": "",
    "GUICHET_DATA_KEYS": "",
    "GUICHET_HOST": "127.0.0.1",
    "GUICHET_PORT": "8000",
    "GUICHET_WORKERS": "2",
    "GUICHET_THREADS": "128",
    "GUICHET_HTTPS": "no",
    "GUICHET_OFFLINE": "yes",
    "GUICHET_TIME_ZONE": "Europe/Paris",
    "GUICHET_DRAFT_DAYS": "180",
    "GUICHET_MAX_UPLOAD_MB": "50",
    "GUICHET_CLAMD": "",
    "GUICHET_OPERATOR": "",
    "GUICHET_CONTACT": "",
    "GUICHET_ADDRESS": "",
    "GUICHET_ACCESSIBILITY_PLAN": "",
    "GUICHET_AUDIT": "",
}
"""Name to default, as text. An empty default means "not set"."""


_BUCKET = ("endpoint", "region", "access_key", "secret_key")


class SettingsError(ValueError):
    """One or more settings are wrong; the message lists all of them, one a line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Checked settings. `max_upload` is in bytes, `draft_days` in days since the last change. `bucket` is None where
    files lie in the data folder. `address` is where people find the service, without a slash at its end; empty where
    that was not said.
    """

    data: Path
    procedures: Path
    mode: Mode
    database_url: str | None
    bucket: Mapping[str, str] | None
    host: str
    port: int
    workers: int
    threads: int
    https: bool
    offline: bool
    zone: ZoneInfo
    draft_days: int
    max_upload: int
    clamd: str
    operator: str
    contact: str
    address: str
    accessibility_plan: str
    audit: Path
    environment: Mapping[str, str]

    @classmethod
    def read(cls, environment: Mapping[str, str], **overrides: object) -> Settings:
        """Read `environment` (names of `SETTINGS`); `overrides` (`data=`, `mode=`, …, from the command line) win where
        not None.

        Raises `SettingsError` naming every wrong or unknown `GUICHET_` variable.
        """
        problems = [
            f"{name}: réglage inconnu. Voir docs/operations.md."
            for name in environment
            if name.startswith("GUICHET_") and name not in SETTINGS
        ]
        given = {name: environment.get(name, "").strip() or default for name, default in SETTINGS.items()}
        for key, value in overrides.items():
            if value is not None:
                given[f"GUICHET_{key.upper()}"] = str(value)
        reader = _Reader(given, problems)
        settings = cls(
            data=Path(given["GUICHET_DATA"]).resolve(),
            procedures=Path(given["GUICHET_PROCEDURES"]).resolve(),
            mode="authority" if reader.one_of("GUICHET_MODE", "prepare", "authority") == "authority" else "prepare",
            database_url=given["GUICHET_DATABASE_URL"] or None,
            bucket=reader.bucket(),
            host=given["GUICHET_HOST"],
            port=reader.number("GUICHET_PORT", 0, 65535),
            workers=reader.number("GUICHET_WORKERS", 1, 64),
            threads=reader.number("GUICHET_THREADS", 1, 512),
            https=reader.one_of("GUICHET_HTTPS", "no", "yes") == "yes",
            offline=reader.one_of("GUICHET_OFFLINE", "yes", "no") == "yes",
            zone=reader.zone("GUICHET_TIME_ZONE"),
            draft_days=reader.number("GUICHET_DRAFT_DAYS", 7, 3650),
            max_upload=reader.number("GUICHET_MAX_UPLOAD_MB", 1, 500) * 1_000_000,
            clamd=reader.scanner("GUICHET_CLAMD"),
            operator=given["GUICHET_OPERATOR"],
            contact=given["GUICHET_CONTACT"],
            address=reader.address("GUICHET_ADDRESS"),
            accessibility_plan=reader.link("GUICHET_ACCESSIBILITY_PLAN"),
            audit=Path(given["GUICHET_AUDIT"] or f"{given['GUICHET_DATA']}/audit.json").resolve(),
            environment={name: given[name] for name in SETTINGS},
        )
        if settings.mode == "authority" and not settings.operator:
            problems.append(
                "GUICHET_OPERATOR: en mode authority, dites qui reçoit les demandes. Ce nom est écrit sur chaque reçu."
            )
        if problems:
            raise SettingsError("\n".join(problems))
        return settings


class _Reader:
    """Reads texts into types and collects what is wrong instead of stopping at the first."""

    def __init__(self, given: Mapping[str, str], problems: list[str]) -> None:
        self.given = given
        self.problems = problems

    def number(self, name: str, least: int, most: int) -> int:
        text = self.given[name]
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        self.problems.append(f"{name}: « {text} » n'est pas un nombre entre {least} et {most}.")
        return least

    def one_of(self, name: str, *words: str) -> str:
        text = self.given[name]
        if text not in words:
            self.problems.append(f"{name}: « {text} » n'existe pas. Écrivez : {' ou '.join(words)}.")
            return words[0]
        return text

    def bucket(self) -> dict[str, str] | None:
        """The parts of a bucket's address, as `app.store.s3.Bucket` takes them."""
        parts = {name: self.given[f"GUICHET_STORAGE_{name.upper()}"] for name in _BUCKET}
        url = self.given["GUICHET_STORAGE_URL"]
        found = re.fullmatch(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9._/-]*))?", url)
        if not url:
            self.problems += [
                f"GUICHET_STORAGE_{name.upper()}: réglage sans effet tant que GUICHET_STORAGE_URL est vide."
                for name in _BUCKET
                if parts[name] != SETTINGS[f"GUICHET_STORAGE_{name.upper()}"]
            ]
            return None
        if found is None:
            self.problems.append("GUICHET_STORAGE_URL: écrivez s3://nom-du-seau ou s3://nom-du-seau/dossier.")
        at = urlsplit(parts["endpoint"])
        near = at.scheme == "http" and at.hostname in ("127.0.0.1", "::1", "localhost")
        if parts["endpoint"] and not (at.hostname and (at.scheme == "https" or near)):
            self.problems.append("GUICHET_STORAGE_ENDPOINT: il faut une adresse https:// (http:// sur cette machine).")
        if bool(parts["access_key"]) != bool(parts["secret_key"]):
            self.problems.append("GUICHET_STORAGE_ACCESS_KEY et GUICHET_STORAGE_SECRET_KEY vont ensemble.")
        return {"name": found[1], "folder": (found[2] or "").strip("/"), **parts} if found else None

    def scanner(self, name: str) -> str:
        text = self.given[name]
        host, _, port = text.rpartition(":")
        if text and not text.startswith("/") and not (host and port.isascii() and port.isdigit()):
            self.problems.append(f"{name}: « {text} » n'est ni un chemin (/run/clamav/clamd.ctl) ni hôte:port.")
        return text

    def address(self, name: str) -> str:
        text = self.given[name].rstrip("/")
        if text and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?", text):
            self.problems.append(f"{name}: écrivez une adresse comme https://demarches.example.org, sans rien après.")
        return text

    def link(self, name: str) -> str:
        text = self.given[name]
        if text and not (urlsplit(text).scheme in ("http", "https") and urlsplit(text).hostname):
            self.problems.append(f"{name}: « {text} » n'est pas une adresse https://.")
        return text

    def zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(self.given[name])
        except (ZoneInfoNotFoundError, ValueError):
            self.problems.append(f"{name}: « {self.given[name]} » n'est pas un fuseau horaire connu.")
            return ZoneInfo("UTC")
