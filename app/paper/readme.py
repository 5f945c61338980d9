"""The read-me of the pack: plain text, because it must open everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.locale.sizes import format_size
from app.paper.instead import in_words
from app.paper.prose import FiledDocument, Meta, contact_pairs, not_the_state
from app.paper.wording import Wording
from app.spec.model import Channel, Procedure


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a document is not one PDF under the limit: `encrypted`, `broken`, `unsupported`, `too_big`, `reduced` (images
    were made smaller, it fits), `not_accepted` (this way takes only other `formats`); or why a file is not joined:
    `lost` on our side, `lost_sent` after sending, `away` for now. `file`: the faulty file's own name, empty when it is
    the whole. `limit` in bytes.
    """

    title: str
    code: str
    file: str
    limit: int
    formats: tuple[str, ...] = ()


def trouble_line(wording: Wording, trouble: Trouble) -> str:
    """What happened to a document, and what to do."""
    g = wording.gettext
    pattern = {
        "absent": g("{title} : ce document manque encore."),
        "encrypted": g(
            "{title} : le fichier {file} est protégé par un mot de passe. Il est joint tel quel. "
            "Enregistrez-le sans mot de passe, sinon l'administration peut le refuser."
        ),
        "broken": g(
            "{title} : ce fichier n'a pas pu être lu : {file}. Il est joint tel quel. Ouvrez-le pour vérifier."
        ),
        "unsupported": g("{title} : le fichier {file} n'a pas pu devenir un PDF. Il est joint tel quel."),
        "too_big": g(
            "{title} : c'est encore trop lourd. La limite est de {limit}. Enlevez des pages ou refaites les photos."
        ),
        "reduced": g(
            "{title} : les images ont été réduites pour ne pas dépasser {limit}. Vérifiez qu'on peut les lire."
        ),
        "not_accepted": g(
            "{title} : ici, l'administration prend seulement : {formats}. Le fichier {file} est joint tel quel. Prenez "
            "le papier en photo, ou demandez à l'administration."
        ),
        "lost": g(
            "{title} : nous ne pouvons plus lire le fichier {file}. Il n'est pas joint. C'est notre faute, pas la "
            "vôtre. Envoyez-le à nouveau, ou joignez votre propre copie."
        ),
        "lost_sent": g(
            "{title} : nous ne pouvons plus lire le fichier {file}. Il n'est pas joint. C'est notre faute, pas la "
            "vôtre. Gardez votre propre copie : elle peut servir si l'administration la demande."
        ),
        "away": g(
            "{title} : le fichier {file} ne peut pas être lu en ce moment. Il n'est pas joint, mais il n'est pas "
            "perdu. Téléchargez à nouveau ce dossier dans quelques minutes."
        ),
    }[trouble.code]
    return pattern.format(
        title=trouble.title,
        file=trouble.file or g("(tous)"),
        limit=format_size(trouble.limit, wording.language),
        formats=_in_words(trouble.formats, wording),
    )


def _in_words(formats: Sequence[str], wording: Wording) -> str:
    return wording.gettext(", ").join(name.upper() for name in formats)


def _where(wording: Wording, channel: Channel | None) -> Iterator[str]:
    g = wording.gettext
    if channel is None:
        return
    yield ""
    yield g("OÙ DÉPOSER")
    yield wording.plain(channel.title)
    if channel.url:
        yield channel.url
    if channel.how is not None:
        yield wording.plain(channel.how)
    if channel.formats:
        yield g("Formats acceptés : {formats}.").format(formats=_in_words(channel.formats, wording))
    if channel.max_size:
        yield g("Un fichier ne doit pas dépasser {limit}.").format(
            limit=format_size(channel.max_size, wording.language)
        )


def _documents(wording: Wording, filed: Sequence[FiledDocument], titles: Mapping[str, str]) -> Iterator[str]:
    g = wording.gettext
    if not filed:
        return
    yield ""
    yield g("VOS DOCUMENTS, DANS L'ORDRE DE L'ADMINISTRATION (dossier « documents »)")
    for one in filed:
        yield f"- {wording.told(one.name, titles.get(one.key, one.key))}, {format_size(one.size, wording.language)}"


def _without(wording: Wording, meta: Meta, titles: Mapping[str, str]) -> Iterator[str]:
    """What the person said in place of files."""
    said = [(titles[key], instead) for key, instead in meta.instead.items() if key in titles]
    if said:
        yield ""
        yield wording.gettext("DOCUMENTS SANS FICHIER")
    for title, instead in said:
        yield f"- {wording.told(title, in_words(instead, wording.gettext))}"


def _help(wording: Wording, procedure: Procedure) -> Iterator[str]:
    rows, comma = contact_pairs(wording, procedure.contacts), wording.gettext(", ")
    if rows:
        yield ""
        yield wording.gettext("QUI PEUT VOUS AIDER")
    for row in rows:
        yield f"- {wording.told(row.label, comma.join(row.lines))}"


def read_me(
    procedure: Procedure,
    wording: Wording,
    meta: Meta,
    channel: Channel | None,
    papers: Sequence[str],
    filed: Sequence[FiledDocument],
    titles: Mapping[str, str],
    troubles: Sequence[Trouble],
) -> str:
    """What the pack holds, where to take it, and what could not be made to fit. Lines end with a line feed."""
    g = wording.gettext
    if meta.mode == "prepare":
        first = g("Ces fichiers préparent votre demande. Rien n'a été envoyé à l'administration.")
    else:
        first = g(
            "Ces fichiers sont une copie de votre demande. Ils ne prouvent pas que vous pouvez rester ou travailler."
        )
    lines = [first, not_the_state(wording, meta), "", wording.plain(procedure.title)]
    lines.append(g("Référence : {reference}").format(reference=meta.reference))
    lines.append(g("Fait le {moment}").format(moment=wording.moment(meta.at)))
    if meta.withdrawn_at is None:
        lines.extend(_where(wording, channel))
    else:
        lines.append(g("Cette demande a été retirée le {moment}").format(moment=wording.moment(meta.withdrawn_at)))
    lines.extend(("", g("VOS PAPIERS"), *(f"- {name}" for name in papers)))
    lines.extend(_documents(wording, filed, titles))
    lines.extend(_without(wording, meta, titles))
    if troubles:
        lines.extend(("", g("À VÉRIFIER")))
        lines.extend(f"- {trouble_line(wording, trouble)}" for trouble in troubles)
    lines.extend(_help(wording, procedure))
    lines.extend(("", g("Ces fichiers sont personnels. Ne les laissez pas sur un appareil partagé.")))
    return "\n".join(line for place, line in enumerate(lines) if line or place != 1) + "\n"
