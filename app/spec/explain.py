"""`guichet explain CODE`: what a diagnostic means, why it matters to an applicant, a bad and a good example."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from app.spec.arguments import Arguments, language_of
from app.spec.codes import CODES, Code
from app.spec.codes.families import FAMILIES
from app.spec.codes.phrase import Language, Phrase, said
from app.spec.diagnostics import SEVERITY_WORDS, suggested
from app.spec.likeness import closest

MISUSE = 2
_WHY = Phrase("Pourquoi", "Why")
_DO = Phrase("Que faire", "What to do")
_BAD = Phrase("À corriger", "To correct")
_GOOD = Phrase("Corrigé", "Corrected")
_UNKNOWN = Phrase("guichet explain : aucun diagnostic ne s'appelle « {code} ».", "guichet explain: no code “{code}”.")
_NOTE = Phrase(
    "Un exemple remplace quelques lignes d'une petite démarche sans faute. ⍽ : espace insécable. → : tabulation.",
    "An example takes the place of some lines of a small sound procedure. ⍽ is a non-breaking space, → a tab.",
)


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0, or 2 when it was called wrongly or the code does not exist."""
    try:
        arguments = _parser(language_of(argv)).parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    language: Language = arguments.lang
    if not arguments.codes:
        print("\n".join(listed(language)))
        return 0
    wanted = [code.upper() for code in arguments.codes]
    unknown = [code for code in wanted if code not in CODES]
    for code in unknown:
        near = closest(code, CODES)
        words = [said(_UNKNOWN, language).format(code=code), said(suggested(near), language) if near else ""]
        print(" ".join(words).strip(), file=sys.stderr)
    if unknown:
        return MISUSE
    print("\n\n".join("\n".join(explained(CODES[code], language)) for code in wanted))
    return 0


def _parser(language: Language) -> Arguments:
    parser = Arguments(
        "guichet explain",
        Phrase(
            "Explique les diagnostics de guichet check, avec un exemple de chacun.",
            "Explains the diagnostics of guichet check, with an example of each.",
        ),
        language,
    )
    parser.add_argument(
        "codes",
        nargs="*",
        metavar="CODE",
        help=Phrase("par exemple Y25 ; sans code, la liste de tous", "for example Y25; without one, the list of all"),
    )
    parser.add_argument(
        "--lang",
        choices=("fr", "en"),
        default="fr",
        help=Phrase("langue des explications : fr ou en", "language of explanations: fr or en"),
    )
    return parser


def listed(language: Language = "fr") -> Iterator[str]:
    """Every code with its message, by family."""
    for family, title in FAMILIES.items():
        yield f"{family}  {said(title, language)}"
        for code, entry in sorted(CODES.items()):
            if code.startswith(family):
                yield f"  {code}  {plainly(entry.message, language)}"


def explained(entry: Code, language: Language = "fr") -> Iterator[str]:
    """One code, line by line."""
    from app.spec.codes.examples import EXAMPLES, visible

    colon = " :" if language == "fr" else ":"
    severity = said(SEVERITY_WORDS[entry.severity], language)
    yield f"{entry.code}  {severity}{colon} {plainly(entry.message, language)}"
    yield ""
    yield f"{said(_WHY, language)}{colon} {plainly(entry.why, language)}"
    yield f"{said(_DO, language)}{colon} {plainly(entry.fix, language)}"
    bad, good = EXAMPLES[entry.code]
    for title, example in ((_BAD, bad), (_GOOD, good)):
        yield ""
        yield f"{said(title, language)}{colon}"
        yield from (f"    {line}" for line in visible(example).rstrip("\n").split("\n"))
    yield ""
    yield said(_NOTE, language)


def plainly(template: str, language: Language = "fr") -> str:
    """A template as a person reads it: its blanks shown as « … »."""
    return said(template, language).format_map(_Blanks()).strip()


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
