"""`guichet new SLUG`: starts a procedure that passes `guichet check` and `guichet cases` at once."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.spec.arguments import Arguments
from app.spec.compiler import compile_folder
from app.spec.folders import procedures_in
from app.spec.meaning.names import RESERVED
from app.spec.shape import contents
from app.verify.cases import UnreadableCases, run_cases

MISUSE = 2
SKELETON = Path(__file__).parent / "skeleton"
REVIEW_AFTER = timedelta(days=182)
NOT_SLUGS = frozenset({*RESERVED, "shared", "tables"})

WITH_BLOCKS = {
    "name": """\
    use:
      block: "identity"
      except:
        - "sex"
        - "foreigner_number\"""",
    "contact": '    use: "contact"',
    "answers": """\
    birth_name: "Diallo"
    first_names: "Awa"
    reach:
      - "nothing\"""",
}
"""Questions that are asked everywhere come from the shared blocks, where the folder has them."""

ALONE = {
    "name": """\
    fields:
      - id: "birth_name"
        kind: "name"
        label: "Quel est votre nom de naissance ?"
        autocomplete: "family-name"
      - id: "first_names"
        kind: "name"
        label: "Quels sont vos prénoms ?"
        autocomplete: "given-name\"""",
    "contact": """\
    fields:
      - id: "phone"
        kind: "phone"
        label: "Quel est votre numéro de téléphone ?"
        required: "no\"""",
    "answers": """\
    birth_name: "Diallo"
    first_names: "Awa\"""",
}


class Refused(ValueError):
    """The procedure cannot be started; the message says why and what to do, in French."""


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0, or 2 when the name or the folder cannot be used."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    folder = procedures_in(arguments.procedures, os.environ)
    try:
        made = start(arguments.slug, folder, datetime.now(ZoneInfo("Europe/Paris")).date())
    except Refused as reason:
        print(f"guichet new : {reason}", file=sys.stderr)
        return MISUSE
    print(
        f"La démarche « {arguments.slug} » est commencée :\n"
        f"  {made / 'procedure.yaml'} : la démarche\n"
        f"  {made / 'cases.yaml'} : deux personnes d'exemple\n"
        "Remplacez chaque « À écrire » dans ces deux fichiers. Puis :\n"
        f"  guichet check {made}\n"
        f"  guichet cases {made}\n"
        f"  guichet preview {made}\n"
        "Tant qu'elle est dans ce dossier, « guichet serve » la publie telle qu'elle est."
    )
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="guichet new", description="Commence une démarche qui passe les contrôles.")
    parser.add_argument("slug", metavar="NOM", help="nom dans les adresses : petites lettres, chiffres et tirets")
    parser.add_argument("--procedures", metavar="DIR", help="dossier des démarches (procedures)")
    return parser


def start(slug: str, procedures: Path, today: date) -> Path:
    """Write the two files of a new procedure into `procedures/slug`, and return that folder. All is written or nothing.

    Raises `Refused` for a name that cannot be one or is taken, and for a folder that cannot be written.
    """
    _check_name(slug)
    if not procedures.is_dir():
        raise Refused(f"le dossier « {procedures} » n'existe pas. Créez-le, ou indiquez-en un autre avec --procedures.")
    made = procedures / slug
    if made.exists():
        raise Refused(f"« {made} » existe déjà, et rien n'y a été changé. Choisissez un autre nom.")
    try:
        with tempfile.TemporaryDirectory(dir=procedures, prefix=".new-") as place:
            draft = Path(place) / slug
            draft.mkdir()
            for questions in (WITH_BLOCKS, ALONE):
                _write(draft, slug, today, questions)
                if _passes(draft, procedures, today):
                    break
            draft.rename(made)
    except OSError as error:
        raise Refused(f"on ne peut pas écrire dans « {procedures} » : {error.strerror}.") from error
    return made


def _check_name(slug: str) -> None:
    rule = contents("definitions/slug.json")
    if slug in NOT_SLUGS:
        raise Refused(f"« {slug} » est un mot réservé par le service. Choisissez un autre nom.")
    if re.fullmatch(rule["pattern"], slug) is None or len(slug) > rule["maxLength"]:
        near = _near(slug)[: rule["maxLength"]].rstrip("-")
        fits = re.fullmatch(rule["pattern"], near) is not None and near not in NOT_SLUGS
        hint = f" Par exemple : « {near} »." if fits else ""
        raise Refused(
            f"« {slug} » ne peut pas être un nom : il commence par une petite lettre, il a de petites lettres sans "
            f"accent, des chiffres et des tirets, et {rule['maxLength']} signes au plus.{hint}"
        )


def _near(name: str) -> str:
    """A name that can be one, from what was written: « Carte de séjour » gives « carte-de-sejour »."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"^[0-9-]+", "", re.sub(r"[^a-z0-9]+", "-", plain)).strip("-")


def _write(folder: Path, slug: str, today: date, questions: dict[str, str]) -> None:
    given = {**questions, "slug": slug, "today": today.isoformat(), "review": (today + REVIEW_AFTER).isoformat()}
    for name in ("procedure.yaml", "cases.yaml"):
        text = (SKELETON / name).read_text(encoding="utf-8")
        written = re.sub("@([a-z]+)@", lambda found: given[found[1]], text)
        (folder / name).write_text(written, encoding="utf-8")


def _passes(folder: Path, procedures: Path, today: date) -> bool:
    """Whether what was written is right with the blocks of this folder, which may be others than those delivered."""
    compiled = compile_folder(folder, procedures / "shared", procedures / "tables", today=today)
    if compiled.procedure is None:
        return False
    try:
        results = run_cases(compiled.procedure, (folder / "cases.yaml").read_text(encoding="utf-8"))
    except UnreadableCases:
        return False
    return all(result.came_true for result in results)
