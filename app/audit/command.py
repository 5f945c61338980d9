"""`guichet audit`: every page in every state, in a real browser."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from app.audit import evidence, reports
from app.audit.criteria import STATUS_WORDS, Verdict, reference, verdicts
from app.audit.entries import EntriesError
from app.audit.findings import together
from app.audit.foreign import NotShown, audit_urls
from app.audit.installation import showing
from app.audit.markup import NoMarkup
from app.audit.memory import FILE, Memory
from app.audit.run import Audit, Blind, Result, Walk, browsing, pictures, touring
from app.audit.signed import fingerprint, in_force, read_signed
from app.audit.states import State, chosen
from app.audit.tour import NothingToAudit, Tour
from app.audit.waivers import read_waivers
from app.locale import available
from app.spec.arguments import Arguments
from app.spec.diagnostics import did_you_mean
from app.spec.folders import procedure_folders, procedures_in
from app.verify.diagram import Undecided
from app.web.evidence import save
from app.web.revision import running
from app.web.settings import SettingsError

MISUSE = 2
MOST_SHOWN = 8
WAIVERS = Path("audit") / "waivers.yaml"
SIGNED = Path("audit") / "manual.yaml"
"""In the folder of the procedures."""


class Misuse(ValueError):
    """The command was called wrongly; the message says how, in French."""


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0, 1 when something is wrong with pages, 2 when it was called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
        if arguments.url:
            return _foreign(arguments)
        return _run(arguments, procedures_in(arguments.procedures, os.environ).resolve())
    except (Misuse, NotShown, NothingToAudit, EntriesError, SettingsError, Undecided) as reason:
        print(f"guichet audit : {reason}", file=sys.stderr)
        return MISUSE
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    except (Blind, NoMarkup) as reason:
        print(f"guichet audit : {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 1


def _parser() -> Arguments:
    parser = Arguments(prog="guichet audit", description="Audite l'accessibilité de chaque page, dans chaque état.")
    parser.add_argument("--procedure", action="append", metavar="NOM", help="cette démarche seulement (répétable)")
    parser.add_argument("--locale", action="append", metavar="LANGUE", help="cette langue seulement (répétable)")
    parser.add_argument("--only", metavar="ÉTAT", help="cet état seulement, ou un motif : 'fr/dcem/*:empty'")
    parser.add_argument("--url", action="append", metavar="ADRESSE", help="une page qui n'est pas la nôtre (répétable)")
    parser.add_argument("--list", action="store_true", help="donne le nom de chaque état, sans navigateur")
    parser.add_argument("--show", action="store_true", help="ouvre les états à une adresse, pour les regarder")
    parser.add_argument("--anew", action="store_true", help="ne reprend rien de l'audit précédent de ce dossier")
    parser.add_argument("--output", metavar="DOSSIER", help="où écrire les résultats")
    parser.add_argument("--procedures", metavar="DOSSIER", help="dossier des démarches (procedures/)")
    return parser


def _run(arguments: argparse.Namespace, folder: Path) -> int:
    whole = arguments.only is None and arguments.procedure is None and arguments.locale is None
    place = Path(arguments.output) if arguments.output else None
    slugs = _known(arguments.procedure, [path.name for path in procedure_folders(folder)], "démarche")
    locales = _known(arguments.locale, [language.code for language in available()], "langue")
    locales, slugs = _within(arguments.only, locales, slugs)
    waivers, signed = read_waivers(folder / WAIVERS, _today()), read_signed(folder / SIGNED)
    # A fault is shown on purpose; that it is noted is nothing an auditor asks about.
    with quiet(logging.getLogger("guichet.web")), touring(folder) as tour:
        everything, walks = _states(tour, slugs, locales)
        states = chosen(everything, arguments.only)
        if not states:
            raise Misuse(f"aucun état ne s'appelle « {arguments.only} ». La liste : guichet audit --list")
        if arguments.list:
            print("\n".join(state.name for state in states))
            return 0
        if arguments.show:
            return _show(tour, states)
        with browsing(tour.prepare) as browser:
            program = str(browser.capabilities["browserVersion"])
            memory = Memory(place / FILE if place else None, datetime.now(UTC), program, anew=arguments.anew)
            audit = Audit(browser, states, waivers, _Progress(), memory)
            result = audit.run(tour, walks if arguments.only is None else ())
            memory.save(everything=whole)
            result.fingerprint = fingerprint(result.states)
            decided, stale = in_force(signed, result.states)
            taken = pictures(browser, result, place) if place is not None else {}
        revision = running(tour.prepare.site.published)
    found = tuple(verdicts(result.ran, result.judged, decided))
    report = reports.Report(result, found, datetime.now(UTC), taken, _scope(slugs, locales, folder, arguments.only))
    _tell(result, found, stale)
    if place is not None:
        reports.write(place, report)
        print(f"Rapport : {place / 'index.html'}")
    if whole:
        save(stated := evidence.place(), evidence.evidence(report, revision, locales, program, signed))
        print(f"Pour la déclaration d'accessibilité : {stated}")
    return 0 if result.passed else 1


def _foreign(arguments: argparse.Namespace) -> int:
    """Pages at other addresses: what can be seen without a procedure."""
    if arguments.only or arguments.list or arguments.show or arguments.procedure or arguments.locale:
        raise Misuse("--url ne va qu'avec --output : ces pages n'ont ni démarche, ni états connus.")
    result, found = audit_urls(arguments.url)
    _tell(result, found, ())
    if arguments.output:
        place = Path(arguments.output)
        reports.write(place, reports.Report(result, found, datetime.now(UTC)))
        print(f"Rapport : {place / 'index.html'}")
    return 0 if result.passed else 1


def _scope(slugs: Sequence[str], locales: Sequence[str], folder: Path, only: str | None) -> str:
    """What was looked at, in a sentence; an auditor must not take a part for the whole."""
    spoken = {language.code: language.name for language in available()}
    left = len(procedure_folders(folder)) - len(slugs), len(spoken) - len(locales)
    looked = f"Démarches : {', '.join(slugs)}. Langues : {', '.join(spoken[locale] for locale in locales)}."
    if only:
        return f"Audit partiel, des seuls états « {only} ». {looked}"
    if any(left):
        return f"Audit partiel. {looked} Non regardé : {left[0]} autres démarches, {left[1]} autres langues."
    return f"Toutes les démarches, dans toutes les langues du service. {looked}"


def _known(wanted: Sequence[str] | None, known: Sequence[str], what: str) -> list[str]:
    for name in wanted or ():
        if name not in known:
            raise Misuse(f"la {what} « {name} » n'existe pas. {did_you_mean(name, known)}".rstrip())
    found = [name for name in known if wanted is None or name in wanted]
    if not found:
        raise Misuse("aucune démarche dans ce dossier.")
    return found


def _within(only: str | None, locales: list[str], slugs: list[str]) -> tuple[list[str], list[str]]:
    """The languages and procedures that states of this name can belong to: no others need to be gone through."""
    locale, _, rest = (only or "*/").partition("/")
    slug = rest.partition("/")[0]
    return [locale] if locale in locales else locales, [slug] if slug in slugs else slugs


def _states(tour: Tour, slugs: Sequence[str], locales: Sequence[str]) -> tuple[list[State], list[Walk]]:
    """Every state, and who goes through the procedures for real."""
    print("Recherche des états…", file=sys.stderr, flush=True)
    states = [state for locale in locales for state in tour.states(slugs, locale)]
    return states, [(procedure, locale, person) for locale in locales for procedure, person in tour.richest]


def _today() -> date:
    return datetime.now(UTC).date()


def _show(tour: Tour, states: Sequence[State]) -> int:
    """Serve the states until interrupted, each at an address of its own."""
    with ExitStack() as stack:
        for installation in (tour.prepare, tour.authority):
            own = [state for state in states if state.mode == installation.settings.mode]
            for state, url in stack.enter_context(showing(installation, own)) if own else ():
                print(f"{state.name}\n    {url}", flush=True)
        print("Ouvrez une adresse dans votre navigateur. Ctrl et C pour arrêter.", flush=True)
        while True:
            time.sleep(3600)


class _Progress:
    """Says on standard error how far it is: on one line of a terminal, else now and then."""

    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, done: int, of: int, left: float) -> None:
        live, now = sys.stderr.isatty(), time.monotonic()
        if done < of and now - self._told < (0.5 if live else 20):
            return
        self._told = now
        rest = f"encore {int(left) // 60} min {int(left) % 60:02} s" if done < of else "terminé"
        print(
            f"{done} états sur {of}, {rest}   ", file=sys.stderr, end="\r" if live and done < of else "\n", flush=True
        )


def _tell(result: Result, found: Sequence[Verdict], stale: Sequence[str]) -> None:
    """The outcome in words, on standard output."""
    for cause in together(result.open):
        print(f"✗ {cause.finding}")
        print(f"      {len(cause.states)} états : {', '.join(cause.states[:MOST_SHOWN])}")
    for waiver in result.expired:
        print(
            f"✗ la décision sur {waiver.engine} {waiver.rule} ({waiver.url}) n'a plus cours depuis le {waiver.until}."
        )
    for one in stale:
        print(f"Résultat d'une personne, qui ne vaut plus : {one}")
    if result.distrusted:
        told = ", ".join(result.distrusted[:MOST_SHOWN])
        print(f"✗ un raccourci cachait quelque chose, tout a donc été regardé en entier : {told}")
    rate = len(result.states) / result.seconds if result.seconds else 0
    engines = ", ".join(f"{name} {version}" for name, version in result.engines.items())
    if result.carried:
        days = sorted({at[:10] for at in result.carried.values()})
        print(f"{len(result.carried)} états, inchangés, repris des audits du {', '.join(days)}.")
    print(f"{len(result.states)} états en {result.seconds:.0f} s ({rate:.1f} par seconde), {engines}.")
    counts = ", ".join(f"{sum(one.status == status for one in found)} {word}" for status, word in STATUS_WORDS.items())
    print(f"RGAA {reference().version} : {counts}.")
    covered = len(together(finding for finding, _ in result.waived))
    print(f"{len(together(result.open))} fautes à corriger, {covered} décisions relues.")


@contextmanager
def quiet(log: logging.Logger) -> Iterator[None]:
    """Nothing of `log` is told meanwhile."""
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
