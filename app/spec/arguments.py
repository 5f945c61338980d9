"""The arguments of a command, with what `argparse` says about them in French, or in English with `--lang en`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NoReturn

from app.spec.codes.phrase import Language, Phrase, said

MISUSE = 2
_USAGE = Phrase("usage : ", "usage: ")
_ARGUMENTS = Phrase("arguments", "arguments")
_OPTIONS = Phrase("options", "options")
_HELP = Phrase("montre cette aide", "show this help")
_ERRORS: tuple[tuple[re.Pattern[str], Phrase], ...] = tuple(
    (re.compile(pattern, re.DOTALL), phrase)
    for pattern, phrase in (
        (r"unrecognized arguments: (.*)", Phrase("argument inconnu : {0}", "unknown argument: {0}")),
        (r"the following arguments are required: (.*)", Phrase("il manque : {0}", "missing: {0}")),
        (r"argument (.*?): expected one argument", Phrase("{0} attend une valeur", "{0} takes a value")),
        (
            r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)",
            Phrase("{0} : {1} n'est pas possible. Choix : {2}", "{0}: {1} is not possible. Choices: {2}"),
        ),
        (
            r"argument (.*?): invalid .*? value: (.*)",
            Phrase("{0} : {1} n'est pas lisible", "{0}: {1} cannot be read"),
        ),
        (
            r"argument (.*?): not allowed with argument (.*)",
            Phrase("{0} et {1} ne vont pas ensemble", "{0} and {1} do not go together"),
        ),
        (
            r"argument (.*?): ignored explicit argument (.*)",
            Phrase("{0} ne prend pas de valeur", "{0} takes no value"),
        ),
    )
)


class Arguments(argparse.ArgumentParser):
    """A parser for one command. Options are written in full: what begins alike today may be another option tomorrow."""

    def __init__(self, prog: str, description: str, language: Language = "fr") -> None:
        self.language: Language = language
        super().__init__(
            prog=prog,
            description=said(description, language),
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter if language == "fr" else argparse.RawDescriptionHelpFormatter,
        )
        self._positionals.title, self._optionals.title = said(_ARGUMENTS, language), said(_OPTIONS, language)
        self.add_argument("-h", "--help", action="help", help=_HELP)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """As in `argparse`; a help text may be a `Phrase`."""
        if isinstance(help_text := settings.get("help"), str):
            settings["help"] = said(help_text, self.language)
        return super().add_argument(*names, **settings)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with a call, and how the command is called; exit code 2."""
        for pattern, phrase in _ERRORS:
            if found := pattern.fullmatch(message):
                message = said(phrase, self.language).format(*found.groups())
                break
        colon = " :" if self.language == "fr" else ":"
        self.exit(MISUSE, f"{self.format_usage()}{self.prog}{colon} {message}\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _USAGE if prefix is None else prefix)


def language_of(argv: Sequence[str]) -> Language:
    """The language that a call asks for with `--lang`, before its arguments are read."""
    return "en" if "--lang=en" in argv or ("--lang", "en") in pairwise(argv) else "fr"
