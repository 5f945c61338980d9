"""The command line: one sub-command each, imported only when it is asked for.

A web server must not pay for what only commands need, so this module imports none of them: it knows their names and
where they live.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

MISUSE = 2
PIPE_CLOSED = 141
"""What a shell says of a program that was stopped by SIGPIPE."""


@dataclass(frozen=True, slots=True)
class Command:
    """`target` is `module:function`; the function takes the arguments after the command's name and returns the exit
    code.
    """

    target: str
    summary: str

    def exists(self) -> bool:
        """Whether this installation holds the command's module."""
        module = self.target.partition(":")[0].split(".")
        return (Path(__file__).resolve().parents[1].joinpath(*module)).with_suffix(".py").is_file()

    def load(self) -> Callable[[Sequence[str]], int]:
        module, _, function = self.target.partition(":")
        found: Callable[[Sequence[str]], int] = getattr(import_module(module), function)
        return found


COMMANDS: dict[str, Command] = {
    "serve": Command("app.web.serve:main", "sert les procédures"),
    "work": Command("app.web.queue:main", "prépare et vérifie les fichiers reçus"),
    "data": Command("app.web.data_command:main", "entretient les données gardées"),
    "check": Command("app.verify.check:main", "dit tout ce qui ne va pas dans des procédures"),
    "preview": Command("app.preview.command:main", "montre une démarche pendant que vous l'écrivez"),
    "explain": Command("app.spec.explain:main", "explique un diagnostic, avec un exemple"),
    "new": Command("app.verify.new:main", "commence une démarche qui passe les contrôles"),
    "schema": Command("app.spec.editor:main", "écrit le schéma qui aide les éditeurs de texte"),
    "cases": Command("app.verify.cases_command:main", "rejoue les exemples de personnes"),
    "paper": Command("app.paper.command:main", "écrit le double en papier (PDF)"),
    "map": Command("app.verify.map:main", "dessine une démarche"),
    "diff": Command("app.verify.diff:main", "dit ce qui change pour les usagers entre deux versions"),
    "audit": Command("app.audit.command:main", "audite l'accessibilité de chaque page"),
    "translations": Command("app.locale.command:main", "prépare et suit les traductions"),
}


def available() -> dict[str, Command]:
    """The commands whose module is there."""
    return {name: command for name, command in COMMANDS.items() if command.exists()}


def main(argv: Sequence[str] | None = None) -> int:
    """Run `guichet …`. `argv` is without the program's name. Returns the exit code: 2 for a command that does not
    exist.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    commands = available()
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_usage(commands), file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else MISUSE
    name, rest = arguments[0], arguments[1:]
    if name not in commands:
        near = get_close_matches(name, commands, n=1)
        hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
        print(f"guichet : la commande « {name} » n'existe pas.{hint}\n\n{_usage(commands)}", file=sys.stderr)
        return MISUSE
    try:
        status = commands[name].load()(rest)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output (« | head ») has seen enough. What is left goes nowhere, at the interpreter's end too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return status


def _usage(commands: dict[str, Command]) -> str:
    width = max(map(len, commands), default=0)
    rows = "\n".join(f"  {name:<{width}}  {command.summary}" for name, command in commands.items())
    return f"usage : guichet COMMANDE [OPTIONS]\n\nCommandes :\n{rows}\n\nguichet COMMANDE --help donne les options."
