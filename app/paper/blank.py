"""The blank form: every question of every step, with who answers it said in words, and room to write.

It is the way for whoever has no phone, no network or no wish to use them (facts T17; Défenseur des droits,
recommendation 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.journey.plan import reads
from app.pages.terms import word_of
from app.paper.ages import age_in_words
from app.paper.model import (
    Block,
    CheckItem,
    Checklist,
    Comb,
    Framed,
    Heading,
    Lines,
    PageBreak,
    Pair,
    Pairs,
    Paper,
    Paragraph,
    Question,
    Signature,
)
from app.paper.prose import Meta, authored, contact_pairs, not_the_state, prose, unsure, what_a_way_does
from app.paper.wording import Wording
from app.paper.words import Speaker, conditions_listed, on_one_line, speaker
from app.spec.model import Condition, Document, Field, GoTo, Outcome, Procedure, Repeat, Step

COMBS: Mapping[str, int] = {"foreigner_number": 10, "fiscal_stamp": 16, "e_photo": 22}
"""Kinds whose length is fixed: one box per sign (facts 5.1, 5.4, 5.5)."""

LONG_ANSWER_LINES = 6


def question_numbers(procedure: Procedure) -> dict[str, str]:
    """Number of each question on the form, by field id, from 1 in the author's order."""
    ids = [field.id for step in procedure.steps for field in step.fields]
    return {field_id: str(number) for number, field_id in enumerate(ids, 1)}


def _who(who: Speaker, condition: Condition, short: str, long: str) -> tuple[str, tuple[str, ...]]:
    """`short` ends with {clause} and a full stop, `long` with {clause} and a colon."""
    clause, clauses = conditions_listed(who, condition)
    return (long if clauses else short).format(clause=clause), clauses


def _date_room(field: Field, wording: Wording) -> Iterator[Block]:
    g = wording.gettext
    yield Comb(((g("Jour"), 2), (g("Mois"), 2), (g("Année"), 4)))
    if field.settings.get("unknown_parts"):
        yield Paragraph(g("Laissez vide ce que vous ne savez pas."), small=True)


def _address_room(field: Field, wording: Wording) -> Iterator[Block]:
    g = wording.gettext
    if field.settings.get("allow_none"):
        yield Checklist((CheckItem(g("Je n'ai pas d'adresse stable")),))
    yield Lines(1, g("Chez (nom sur la boîte aux lettres, si ce n'est pas le vôtre)"))
    yield Lines(1, g("Numéro et rue"))
    yield Lines(1, g("Bâtiment, étage, appartement"))
    yield Lines(1, g("Code postal et ville"))
    if field.settings.get("allow_abroad"):
        yield Lines(1, g("Pays, si ce n'est pas la France"))


def _choice_room(field: Field, wording: Wording) -> Iterator[Block]:
    g, items = wording.gettext, []
    for choice in field.choices:
        details = [wording.plain(choice.hint)] if choice.hint else []
        if choice.specify is not None:
            details.append(f"{wording.plain(choice.specify)} ……………………………………………")
        items.append(CheckItem(wording.plain(choice.label), tuple(details)))
    several = field.kind == "checkboxes"
    yield Paragraph(g("Cochez une ou plusieurs cases.") if several else g("Cochez une seule case."), small=True)
    yield Checklist(tuple(items))


def _room(field: Field, wording: Wording) -> Iterator[Block]:
    """The room to answer, by kind."""
    g = wording.gettext
    if field.kind == "yes_no":
        yield Checklist((CheckItem(g("Oui")), CheckItem(g("Non"))))
    elif field.choices:
        yield from _choice_room(field, wording)
    elif field.kind == "date":
        yield from _date_room(field, wording)
    elif field.kind == "address":
        yield from _address_room(field, wording)
    elif field.kind in COMBS:
        yield Comb((("", COMBS[field.kind]),))
    elif field.kind == "amount":
        yield Lines(1, g("En euros"))
    elif field.kind == "long_text":
        yield Lines(LONG_ANSWER_LINES)
    elif field.kind == "nationality" and field.settings.get("multiple"):
        yield Lines(2)
    else:
        yield Lines(1)
    if field.unknown is not None:
        yield Checklist((CheckItem(wording.plain(field.unknown)),))


def _question(field: Field, who: Speaker) -> Question:
    wording = who.wording
    g = wording.gettext
    label = wording.plain(field.label)
    label = label if field.required else g("{label} (facultatif)").format(label=label)
    condition: str = ""
    clauses: tuple[str, ...] = ()
    if field.when is not None:
        condition, clauses = _who(
            who, field.when, g("Répondez seulement si {clause}."), g("Répondez seulement si {clause} :")
        )
    hints = [wording.plain(text) for text in (field.hint, field.help, field.why) if text is not None]
    if field.example:
        hints.append(g("Exemple : {example}").format(example=field.example))
    if field.same_as is not None and field.same_as in who.numbers:
        hints.append(
            g("Même réponse qu'à la question {number} ? Écrivez « idem ».").format(number=who.numbers[field.same_as])
        )
    lines = tuple(line for hint in hints for line in hint.splitlines() if line.strip())
    return Question(f"{who.numbers[field.id]}.", label, condition, clauses, lines, tuple(_room(field, wording)))


def _step(step: Step, who: Speaker) -> Iterator[Block]:
    wording = who.wording
    g = wording.gettext
    yield Heading(wording.plain(step.title))
    if step.when is not None:
        sentence, clauses = _who(
            who,
            step.when,
            g("Remplissez cette partie seulement si {clause}."),
            g("Remplissez cette partie seulement si {clause} :"),
        )
        yield Framed(sentence, clauses, opens=True)
    for note in step.notes:
        yield from _note(wording.plain(note.text), note.when, who)
    if step.picture is not None:
        yield Paragraph(g("Image : {words}").format(words=wording.plain(step.picture.alt)), small=True)
    if step.repeat is not None:
        yield Framed("", _copies(step.repeat, who), opens=True)
    for field in step.fields:
        yield _question(field, who)


def _note(text: str, when: Condition | None, who: Speaker) -> Iterator[Block]:
    if when is None:
        yield from prose(text)
        return
    g = who.wording.gettext
    sentence, clauses = _who(who, when, g("Lisez ceci si {clause}."), g("Lisez ceci si {clause} :"))
    yield Framed(sentence, (*clauses, *(line for line in text.splitlines() if line.strip())))


def _copies(repeat: Repeat, who: Speaker) -> tuple[str, ...]:
    """How many times a part is filled in, and what to do on paper."""
    g = who.wording.gettext
    copy = g("Photocopiez ces pages avant d'écrire, ou continuez sur une feuille blanche.")
    if repeat.for_each is not None:
        number = who.numbers.get(repeat.for_each, "")
        return (
            g("Remplissez cette partie une fois pour chaque case cochée à la question {number}.").format(number=number),
            copy,
        )
    if repeat.min:
        count = g("De {min} à {max} fois.").format(min=repeat.min, max=repeat.max)
    else:
        count = g("{max} fois au plus. Si personne n'est concerné, passez à la partie suivante.").format(max=repeat.max)
    return (g("Remplissez cette partie pour chaque personne ou chose. {count}").format(count=count), copy)


def _document(document: Document, who: Speaker) -> CheckItem:
    wording = who.wording
    g = wording.gettext
    details: list[str] = []
    words = {
        "required": (g("Obligatoire"), g("Obligatoire si {clause}")),
        "recommended": (g("Conseillé"), g("Conseillé si {clause}")),
        "optional": (g("Facultatif"), g("Facultatif si {clause}")),
    }
    for need in document.need:
        always, only_if = words[need.level]
        if need.when is None:
            details.append(always if not details else g("Sinon : {level}").format(level=always.lower()))
        else:
            details.append(only_if.format(clause=on_one_line(who, need.when)))
    for way in document.one_of:
        parts = [wording.plain(who.procedure.parts[part].title) for part in way if part in who.procedure.parts]
        start = g("Soit : {parts}") if len(document.one_of) > 1 else g("Donnez : {parts}")
        details.append(start.format(parts=" + ".join(parts)))
    details.append(age_in_words(document, wording) or "")
    details.extend(wording.plain(text) for text in (document.hint, document.help, document.why) if text is not None)
    if document.due != "filing":
        details.append(g("À apporter plus tard"))
    if document.may_say and document.due == "filing":
        details.append(_sayable(document, wording))
    if document.source:
        details.append(g("Source : {source}").format(source=document.source))
    lines = tuple(line.strip() for detail in details for line in detail.splitlines() if line.strip())
    return CheckItem(unsure(wording, wording.plain(document.title), document.needs_review), lines)


def _sayable(document: Document, wording: Wording) -> str:
    """What may be written in place of giving a document."""
    g = wording.gettext
    words = {
        "will_bring": g("Si vous l'apportez plus tard : écrivez-le ici."),
        "do_not_have": g("Si vous ne l'avez pas : écrivez ici pourquoi."),
    }
    return "\n".join(words[word] for word in document.may_say)


def _documents(procedure: Procedure, who: Speaker) -> Iterator[Block]:
    if procedure.documents:
        yield Heading(who.wording.gettext("Documents à joindre"))
        yield Checklist(tuple(_document(document, who) for document in procedure.documents))


def _channels(procedure: Procedure, who: Speaker, mode: str) -> Iterator[Block]:
    wording = who.wording
    g, rows = wording.gettext, []
    for channel in procedure.channels:
        if channel.kind == "received_here" and mode != "authority":
            continue
        lines = [channel.url or "", *wording.plain(channel.how).splitlines()]
        if does := what_a_way_does(channel, g):
            lines.insert(0, does)
        if channel.when is not None:
            lines.insert(0, g("Seulement si {clause}").format(clause=on_one_line(who, channel.when)))
        if channel.source:
            lines.append(g("Source : {source}").format(source=channel.source))
        title = unsure(wording, wording.plain(channel.title), channel.needs_review)
        rows.append(Pair(title, tuple(line for line in lines if line.strip())))
    if rows:
        yield Heading(g("Où déposer ou être aidé"))
        yield Pairs(tuple(rows), "things")


def _end(procedure: Procedure, who: Speaker, mode: str) -> Iterator[Block]:
    wording = who.wording
    g = wording.gettext
    yield from _documents(procedure, who)
    if procedure.declarations:
        yield Heading(g("Ce que vous déclarez"))
        yield Checklist(
            tuple(
                CheckItem(
                    wording.plain(declaration.text),
                    (g("Seulement si {clause}").format(clause=on_one_line(who, declaration.when)),)
                    if declaration.when is not None
                    else (),
                )
                for declaration in procedure.declarations
            )
        )
    if procedure.kind != "router":
        yield Signature(g("Date et signature :"))
    yield from _channels(procedure, who, mode)
    contacts = contact_pairs(wording, procedure.contacts)
    if contacts:
        yield Heading(g("Qui peut vous aider"))
        yield Pairs(contacts, "things")
    if procedure.glossary:
        yield Heading(g("Les mots difficiles"))
        yield Pairs(
            tuple(
                Pair(wording.plain(word_of(procedure, word)), tuple(wording.plain(text).splitlines()))
                for word, text in procedure.glossary.items()
            ),
            "words",
        )


def outcomes_by_step(procedure: Procedure) -> dict[str, tuple[Outcome, ...]]:
    """Outcomes by the step after which their condition can be told; `""`: those that read no question."""
    place = {field.id: number for number, step in enumerate(procedure.steps) for field in step.fields}
    place.update({step.id: number for number, step in enumerate(procedure.steps) if step.repeat is not None})
    placed: dict[str, tuple[Outcome, ...]] = {}
    for outcome in procedure.outcomes:
        last = max((place[name] for name in reads(outcome.when, procedure) if name in place), default=None)
        key = "" if last is None else procedure.steps[last].id
        placed[key] = (*placed.get(key, ()), outcome)
    return placed


def _where(target: GoTo, who: Speaker, site: str) -> str:
    """A way out on paper: nothing can be pressed, so another procedure is given by its address and its name."""
    g = who.wording.gettext
    place = target.phone or target.url or (who.wording.plain(target.office) if target.office else "")
    if target.procedure and site:
        place = g("sur internet, {address}, ou le formulaire sur papier « {name} »").format(
            address=f"{site}{target.procedure}/", name=target.procedure
        )
    elif target.procedure:
        place = g("demandez le formulaire sur papier « {name} »").format(name=target.procedure)
    title = who.wording.plain(target.title)
    return who.wording.told(title, place) if place else title


def _outcomes(outcomes: Sequence[Outcome], who: Speaker, site: str) -> Iterator[Block]:
    """What some answers lead to: on paper nothing stops the person, so it is said where it can be told."""
    g = who.wording.gettext
    for outcome in outcomes:
        clause = g("Si {clause} :").format(clause=on_one_line(who, outcome.when))
        body = who.wording.plain(outcome.body).splitlines()
        where = [_where(one, who, site) for one in outcome.go_to]
        lines = tuple(line for line in (clause, *body, *where) if line.strip())
        yield Framed(who.wording.plain(outcome.title), lines)


def _use(procedure: Procedure, wording: Wording) -> str:
    g = wording.gettext
    if procedure.kind == "router":
        return g("Ce papier sert à trouver votre démarche.")
    return g("Ce papier sert à préparer votre demande à la main.")


def _valid(procedure: Procedure, wording: Wording) -> Iterator[Block]:
    """The first and last day on which one may begin: a paper is kept longer than a page."""
    g = wording.gettext
    lines = []
    if procedure.valid_from is not None:
        lines.append(g("À partir du {day}.").format(day=wording.day(procedure.valid_from)))
    if procedure.valid_until is not None:
        lines.append(g("Dernier jour pour commencer : {day}.").format(day=wording.day(procedure.valid_until)))
    if lines:
        yield Framed(g("Quand vous pouvez commencer cette démarche"), tuple(lines))


def blank_form(procedure: Procedure, wording: Wording, meta: Meta, *, large: bool = False) -> Paper:
    """Every question of every step, with its condition in words. `large`: 16-point type, for tired or weak eyes."""
    g = wording.gettext
    who = speaker(procedure, wording, question_numbers(procedure))
    title = wording.plain(procedure.title)
    blocks: list[Block] = [*authored(wording, procedure.summary), *_valid(procedure, wording)]
    if procedure.for_whom:
        blocks.append(Heading(g("C'est pour vous si")))
        blocks.append(Checklist(tuple(CheckItem(wording.plain(text)) for text in procedure.for_whom)))
    if procedure.not_for:
        blocks.append(Heading(g("Ce n'est pas pour vous si")))
        blocks.append(Checklist(tuple(CheckItem(wording.plain(text)) for text in procedure.not_for)))
    outcomes = outcomes_by_step(procedure)
    blocks.extend(_outcomes(outcomes.get("", ()), who, meta.site))
    blocks.append(PageBreak())
    for step in procedure.steps:
        blocks.extend(_step(step, who))
        blocks.extend(_outcomes(outcomes.get(step.id, ()), who, meta.site))
    blocks.extend(_end(procedure, who, meta.mode))
    not_proof = g(
        "Il ne prouve pas que vous avez fait une demande. Il ne prouve pas que vous pouvez rester ou travailler."
    )
    return Paper(
        kind="blank",
        title=g("{title} : formulaire sur papier").format(title=title),
        language=wording.language,
        direction=wording.direction,
        first_line_proves=_use(procedure, wording),
        first_line_does_not_prove=" ".join(part for part in (not_proof, not_the_state(wording, meta)) if part),
        blocks=tuple(blocks),
        footer=title,
        large=large,
        made_at=meta.at,
    )
