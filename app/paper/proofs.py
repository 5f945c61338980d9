"""The receipt (the authority received it) and the ready sheet (the person is ready to file): honest in their first
line.

Facts T07, E05: people and employers take a filing receipt for a right to stay. T20: it lists every document with its
digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.journey.model import Journey, SilenceDate
from app.paper.ages import titles_with_age
from app.paper.instead import in_words
from app.paper.letters import who
from app.paper.model import Block, Bullets, Files, Heading, Lines, Pair, Pairs, Paper, Paragraph
from app.paper.prose import (
    FiledDocument,
    Meta,
    absent_documents,
    document_titles,
    file_rows,
    help_blocks,
    not_the_state,
    unsure,
    within_from,
)
from app.paper.wording import Wording
from app.spec.model import Procedure, Text


def _identity(procedure: Procedure, journey: Journey, wording: Wording, meta: Meta) -> Block:
    g = wording.gettext
    received, authority = meta.mode == "authority", wording.plain(procedure.authority)
    when = g("Reçu le") if received else g("Prêt le")
    # The receiver stands above the reference: a receipt without one proves little.
    rows = [
        Pair(g("Démarche"), (wording.plain(procedure.title),)),
        *who(journey, wording),
        *((Pair(g("Reçu par"), (authority or meta.service,)),) if received else ()),
        Pair(g("Référence"), (meta.reference,)),
        Pair(when, (wording.moment(meta.at),)),
    ]
    if meta.withdrawn_at is not None:
        rows.append(Pair(g("Retiré le"), (wording.moment(meta.withdrawn_at),)))
    if authority and not received:
        rows.append(Pair(g("Administration"), (authority,)))
    return Pairs(tuple(rows))


def _given(journey: Journey, wording: Wording, files: Sequence[FiledDocument], meta: Meta) -> Iterator[Block]:
    g, titles = wording.gettext, document_titles(wording, journey)
    aged = titles_with_age(titles, journey, wording)
    yield Heading(g("Ce que contient le dossier"))
    if files:
        yield Files(file_rows(wording, titles, files))
        yield Paragraph(
            g("SHA-256 est l'empreinte d'un fichier. Si le fichier change, l'empreinte change. Gardez vos fichiers."),
            small=True,
        )
    else:
        yield Paragraph(g("Aucun fichier."))
    given = {filed.key for filed in files}
    said = {key: one for key, one in meta.instead.items() if key in titles and key not in given}
    if said:
        yield Heading(g("Documents sans fichier"))
        yield Pairs(tuple(Pair(titles[key], (in_words(one, g),)) for key, one in said.items()))
    absent = absent_documents(journey, {*given, *said})
    if absent:
        yield Heading(g("Ce qui manque"))
        yield Bullets(tuple(aged[needed.key] for needed in absent))
    later = [needed for needed in journey.documents if needed.key not in given and needed.due != "filing"]
    if later:
        yield Heading(g("À apporter plus tard"))
        yield Bullets(tuple(aged[needed.key] for needed in later))


def _dates(journey: Journey, wording: Wording, meta: Meta) -> Iterator[Block]:
    g, rows = wording.gettext, []
    today, window = meta.read_on or journey.today, journey.window
    if window is not None and window.opens is not None:
        label = g("Vous pouvez déposer depuis le") if window.opens < today else g("Vous pouvez déposer à partir du")
        rows.append(Pair(label, (wording.day(window.opens),)))
    if window is not None and window.closes is not None:
        label = g("Le dernier jour pour déposer était le") if window.closes < today else g("Déposez au plus tard le")
        rows.append(Pair(label, (wording.day(window.closes),)))
    for dated in journey.silence:
        if dated.falls_on is not None:
            when = _silent(dated, wording, today).format(
                day=wording.day(dated.falls_on), after=wording.span(dated.silence.after)
            )
            when = unsure(wording, when, dated.silence.needs_review)
            rows.append(Pair(when, (wording.plain(dated.silence.means),)))
    if journey.remedies and any(dated.over(today) for dated in journey.silence):
        rows.append(Pair(g("Après ce délai"), (g("Lisez plus bas à qui écrire, et dans quel délai."),)))
    if rows:
        yield Heading(g("Vos prochaines dates"))
        yield Pairs(tuple(rows))


def _silent(dated: SilenceDate, wording: Wording, today: date) -> str:
    """How the end of a time limit is told, with `{day}` and `{after}`: to come, or over on the day of reading."""
    g, past = wording.gettext, dated.over(today)
    if dated.silence.counted_from == "complete_file":
        if past:
            return g("Sans réponse {after} après un dossier complet : ce délai a pu finir dès le {day}")
        return g("Sans réponse {after} après un dossier complet, donc pas avant le {day}")
    return g("Sans réponse : le délai a fini le {day}") if past else g("Sans réponse le {day}")


def _fees(journey: Journey, wording: Wording) -> Iterator[Block]:
    g, rows = wording.gettext, []
    due_words = {
        "filing": g("En déposant"),
        "hand_over": g("En recevant le document"),
        "appointment": g("Au rendez-vous"),
    }
    found = [(due_words[due.fee.due], due.fee) for due in journey.fees]
    window = journey.window
    if window is not None and window.late is not None and window.closes is not None and window.state != "late":
        late = g("En plus, si vous déposez après le {day}").format(day=wording.day(window.closes))
        found.append((late, window.late.fee))
    for label, fee in found:
        # The fact prints its own value, "à vérifier" or its fallback sentence.
        amount = wording.plain(Text(f"{{fact.{fee.fact}}}"))
        lines = tuple(line for line in (amount, wording.plain(fee.says)) if line)
        rows.append(Pair(unsure(wording, label, fee.needs_review), lines))
    if rows:
        yield Heading(g("Ce que vous payez"))
        yield Pairs(tuple(rows))


def _remedies(journey: Journey, wording: Wording) -> Iterator[Block]:
    g, rows = wording.gettext, []
    for remedy in journey.remedies:
        within = ""
        if remedy.within is not None:
            within = within_from(wording.span(remedy.within), wording.plain(remedy.counted_from))
        lines = [
            g("À : {to}").format(to=wording.plain(remedy.to)),
            g("Délai : {within}").format(within=within) if within else "",
            *wording.plain(remedy.how).splitlines(),
            g("Source : {source}").format(source=remedy.source) if remedy.source else "",
        ]
        rows.append(
            Pair(
                unsure(wording, wording.plain(remedy.title), remedy.needs_review),
                tuple(line for line in lines if line.strip()),
            )
        )
    if rows:
        yield Heading(g("Si vous n'êtes pas d'accord, ou sans réponse"))
        yield Pairs(tuple(rows), "things")


def _stages(procedure: Procedure, wording: Wording) -> Iterator[Block]:
    g, rows = wording.gettext, []
    for stage in procedure.after_sending.stages:
        lines = [
            wording.told(g("À quoi sert ce papier"), wording.plain(stage.proves)),
            wording.told(g("Ce que ce papier ne fait pas"), wording.plain(stage.does_not_prove)),
            wording.plain(stage.next),
            wording.plain(stage.deadline),
        ]
        rows.append(
            Pair(unsure(wording, wording.plain(stage.paper), stage.needs_review), tuple(line for line in lines if line))
        )
    if rows:
        yield Heading(g("Les papiers que vous recevrez"))
        yield Pairs(tuple(rows), "things")


def _first_lines(wording: Wording, meta: Meta) -> tuple[str, str]:
    g = wording.gettext
    no_right = g("Il ne prouve pas que vous pouvez rester ou travailler en France.")
    if meta.mode == "authority":
        if meta.withdrawn_at is not None:
            return g("Ce papier prouve que vous avez envoyé votre demande, puis que vous l'avez retirée."), no_right
        return g("Ce papier prouve que vous avez envoyé votre demande."), no_right
    not_filed = g("Il ne prouve pas que votre demande est déposée : rien n'a été envoyé à l'administration.")
    return (
        g("Ce papier dit ce que contient votre dossier, prêt à déposer."),
        f"{not_filed} {no_right} {not_the_state(wording, meta)}",
    )


def proof(
    procedure: Procedure, journey: Journey, wording: Wording, meta: Meta, files: Sequence[FiledDocument]
) -> Paper:
    """A receipt in `authority`, a ready sheet in `prepare`; `files` are all those of the file,
    listed in the order given.
    """
    g = wording.gettext
    received = meta.mode == "authority"
    proves, does_not = _first_lines(wording, meta)
    title = g("Accusé d'envoi") if received else g("Mon dossier est prêt")
    blocks: list[Block] = [_identity(procedure, journey, wording, meta), *_given(journey, wording, files, meta)]
    if not received:
        blocks.append(Heading(g("Quand vous aurez déposé")))
        where = (g("Lieu ou site :"), g("Date :"), g("Numéro donné par l'administration :"))
        blocks.extend(Lines(1, label) for label in where)
    # Nothing follows what was taken back: nothing to pay, no answer, no silence.
    if meta.withdrawn_at is None:
        blocks.extend(
            (
                *_fees(journey, wording),
                *_dates(journey, wording, meta),
                *_stages(procedure, wording),
                *_remedies(journey, wording),
            )
        )
    helping = help_blocks(wording, procedure)
    if helping:
        blocks.extend((Heading(g("Qui peut vous aider")), *helping))
    blocks.append(Heading(g("Version des questions")))
    blocks.append(Paragraph(procedure.sha256, small=True))
    return Paper(
        kind="receipt" if received else "ready",
        title=title,
        language=wording.language,
        direction=wording.direction,
        first_line_proves=proves,
        first_line_does_not_prove=does_not,
        blocks=tuple(blocks),
        footer=f"{title} · {meta.reference}",
        made_at=meta.at,
    )
