"""The report as pages to read: overview, criteria, faults, states, and what is left to a person. It loads nothing from
elsewhere, needs no script, and passes its own audit.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.audit.canaries import CANARIES
from app.audit.criteria import STATUS_WORDS, reference
from app.audit.crossings import CROSSINGS
from app.audit.reports.grid import THEMES
from app.audit.reports.report import Report
from app.audit.reports.words import about
from app.locale import format_date
from app.pages.environment import environment

STYLE = Path(__file__).resolve().parents[1] / "files" / "report.css"
AIDS = (
    "NVDA avec Firefox (Windows)",
    "JAWS avec Firefox ou Chrome (Windows)",
    "VoiceOver avec Safari (iPhone)",
    "TalkBack avec Chrome (Android)",
)
"""The base of reference of the RGAA, with the telephones that people have."""
HEARD = {
    "group": "Le nom du groupe est dit avec le premier champ, puis l'aide, puis l'erreur s'il y en a une.",
    "single": "Le nom du champ est dit, puis « obligatoire » s'il l'est, puis l'aide, puis l'erreur s'il y en a une.",
}
CROSSED = {
    "narrow": "Écran de 320 px sur 256, comme avec un zoom de 400 % : rien n'est coupé",
    "landscape": "Téléphone couché : rien n'est coupé ni caché",
    "spacing": "Texte espacé par la personne : rien n'est coupé",
    "long": "Phrases plus longues de quatre dixièmes, comme dans une autre langue : rien n'est coupé",
    "text-200": "Lettres deux fois plus grandes : rien n'est coupé",
    "dark": "Couleurs sombres : les contrastes suffisent",
    "contrast": "Contraste renforcé : les contrastes suffisent",
    "edges": "Bords des champs et des boutons : ils se voient",
    "forced": "Couleurs choisies par la personne : tout se voit encore",
    "bare": "Sans la feuille de style : les mêmes mots, dans le même ordre",
    "sides": "Étiquettes : du bon côté de leur champ",
    "right-to-left": "De droite à gauche : rien ne sort de l'écran",
    "reduced-motion": "Mouvements réduits : rien ne bouge",
    "print": "Imprimé : les mêmes mots",
    "keyboard": "Au clavier : tout s'atteint, dans l'ordre, sans piège, et se voit",
    "input": "Quand on tape : rien ne change sans qu'on l'ait demandé",
    "pointer": "Au doigt : les cibles sont assez grandes",
    "swap": "Après un échange par htmx : la même page, le focus au bon endroit",
}
"""What must hold in each crossing."""
GROUPS = ("radios", "yes_no", "checkboxes", "date", "address", "nationality")


def _printed(template: str, report: Report, **given: Any) -> bytes:
    shared = {
        "report": report,
        "day": format_date(report.at.date(), "fr"),
        "words": STATUS_WORDS,
        "version": reference().version,
        "counts": {status: sum(one.status == status for one in report.verdicts) for status in STATUS_WORDS},
    }
    html = environment("fr").get_template(f"audit/{template}.html").render({**shared, **given})
    return html.encode()


def overview(report: Report) -> bytes:
    """What was done, with which instruments, and what came of it."""
    crossed = [
        (name, CROSSED.get(name, name), count, CROSSINGS[name].why if name in CROSSINGS else "")
        for name, count in _crossed(report)
    ]
    return _printed("index", report, crossed=crossed, canaries=len(CANARIES), causes=report.causes)


def _crossed(report: Report) -> Iterator[tuple[str, int]]:
    yield from report.result.crossed.items()


def criteria(report: Report) -> bytes:
    """Each criterion with its verdict, why, by which checks."""
    return _printed("criteria", report, themes=THEMES)


def faults(report: Report) -> bytes:
    """Each cause: the element, its picture, whom it keeps out, how to repair it, where it shows."""
    rows = [(cause, about(cause.finding), report.pictures.get(cause.finding.same, "")) for cause in report.causes]
    waived = [(finding, waiver, about(finding)) for finding, waiver in report.result.waived]
    return _printed("faults", report, rows=rows, waived=waived)


def states(report: Report) -> bytes:
    """Each page with its states, and what was found on each."""
    wrong: dict[str, list[str]] = {}
    for cause in report.causes:
        for state in cause.states:
            wrong.setdefault(state, []).append(about(cause.finding).title)
    paths = {state.name: state.path for state in report.result.states}
    return _printed("states", report, wrong=wrong, paths=paths)


def protocol(report: Report) -> bytes:
    """What a person has left to do: by criterion, then by component with each assistive technology."""
    left = [one.criterion for one in report.verdicts if one.criterion.how == "person" and one.status == "NT"]
    kinds: dict[str, tuple[str, str]] = {}
    for state in report.result.states:
        for field in state.asked.fields if state.asked and state.refused else ():
            kinds.setdefault(field.kind, (state.name, HEARD["group" if field.kind in GROUPS else "single"]))
    return _printed("protocol", report, left=left, kinds=sorted(kinds.items()), aids=AIDS)


def style(_report: Report) -> bytes:
    """The style of these pages: the reader's own fonts and colours, by day and by night."""
    return STYLE.read_bytes()
