"""Catalogue, start page and help as views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import url_for
from markupsafe import Markup

from app.journey.dates import plus
from app.journey.facts import period_on
from app.journey.walk import estimate
from app.locale import format_amount, format_date, format_duration, messages, sentence
from app.pages import views
from app.pages.terms import terms_of
from app.pages.texts import TextRenderer
from app.paper.ages import age_in_words
from app.paper.compose import Wording, condition_in_words
from app.paper.wiring import wording_for
from app.spec.model import Document, Fact, Procedure, Source, Text
from app.web import visitor
from app.web.opening import closed_notice, last_day, suspended
from app.web.outcome_view import go_to_links
from app.web.site import site
from app.web.sourced import cited
from app.web.ways_view import about_all, served, ways_beside, ways_of


def catalogue_view(locale: str) -> views.CatalogueView:
    routers, entries = about_all("catalogue", locale, lambda: _entries(locale))
    return views.CatalogueView(
        routers=routers,
        entries=entries,
        drafts=tuple(drafts_here(locale)),
        resume_url=url_for("phones.resume", locale=locale),
    )


def _entries(locale: str) -> tuple[tuple[views.CatalogueEntry, ...], ...]:
    """Those that lead to a procedure, then the procedures."""
    found = [(procedure.kind == "router", _entry(procedure, locale)) for procedure in served()]
    return tuple(entry for router, entry in found if router), tuple(entry for router, entry in found if not router)


def _entry(procedure: Procedure, locale: str) -> views.CatalogueEntry:
    texts, closed = TextRenderer(procedure, locale), closed_notice(procedure, locale)
    return views.CatalogueEntry(
        title=texts.inline(procedure.title),
        summary=texts.inline(procedure.summary),
        url=url_for("public.start", locale=locale, slug=procedure.slug),
        time=_time(procedure, locale),
        closed=closed.title if closed is not None else None,
    )


def drafts_here(locale: str, slug: str | None = None) -> Iterator[views.DraftLink]:
    """The drafts that this browser still opens, those of one procedure or all."""
    say = messages(locale).gettext
    states = {
        "open": say("à continuer"),
        "ready": say("prêt"),
        "sent": say("envoyé"),
        "withdrawn": say("retiré"),
    }
    for draft_id in visitor.drafts_here():
        record = site().store.drafts.authorise(draft_id, visitor.draft_token(draft_id))
        if record is None or (slug is not None and record.procedure != slug):
            continue
        procedure = site().published.revision(record.revision)
        title = TextRenderer(procedure, locale).inline(procedure.title) if procedure else record.procedure
        started = record.started_at.astimezone(site().settings.zone).date()
        url = url_for("steps.resume_here", locale=locale, slug=record.procedure, draft=draft_id)
        yield views.DraftLink(title, url, format_date(started, locale), states[record.state])


def start_view(procedure: Procedure, locale: str) -> views.StartView:
    texts = TextRenderer(procedure, locale)
    today = site().today()
    bounds = estimate(procedure)
    documents, closed = _documents(procedure, locale, texts), suspended(procedure)
    return views.StartView(
        title=texts.inline(procedure.title),
        summary=texts.block(procedure.summary),
        action=url_for("public.start", locale=locale, slug=procedure.slug),
        for_whom=tuple(texts.inline(text) for text in procedure.for_whom),
        not_for=tuple(texts.inline(text) for text in procedure.not_for),
        documents=tuple(needed for needed in documents if needed.condition is None),
        documents_if=tuple(needed for needed in documents if needed.condition is not None),
        questions=_questions(bounds.min_questions, bounds.max_questions, locale),
        time=_time(procedure, locale),
        sends=site().settings.mode == "authority" and procedure.kind != "router",
        keep=_kept(locale),
        costs=tuple(_costs(procedure, locale, texts)),
        limits=tuple(_limits(procedure, locale, texts)),
        ways=ways_of(procedure, locale),
        authority=texts.inline(procedure.authority) if procedure.authority else None,
        sources=tuple(_source(source, procedure.language, locale) for source in procedure.sources),
        checked_on=format_date(procedure.checked_on, locale) if procedure.checked_on else None,
        overdue=procedure.review_by is not None and procedure.review_by < today,
        to_check=tuple(dict.fromkeys(_to_check(procedure, locale, texts))),
        drafts=tuple(drafts_here(locale, procedure.slug)),
        suspended=closed_notice(procedure, locale),
        suspended_links=tuple(link for target in closed.go_to for link in go_to_links(target, texts, locale))
        if closed
        else (),
        resume_url=url_for("phones.resume", locale=locale),
        terms=terms_of(procedure, "start", _start_texts(procedure), texts),
    )


def _start_texts(procedure: Procedure) -> Iterator[Text | None]:
    yield from (procedure.title, procedure.summary, *procedure.for_whom, *procedure.not_for)
    for document in procedure.documents:
        yield from (document.title, document.hint)
    for channel in procedure.channels:
        yield from (channel.title, channel.how)


def _kept(locale: str) -> str:
    say = messages(locale).gettext
    return say("{days} jours après votre dernière visite").format(days=site().settings.draft_days)


def _time(procedure: Procedure, locale: str) -> str:
    say = messages(locale)
    bounds = estimate(procedure)
    least, most = bounds.min_minutes, bounds.max_minutes
    if least == most:
        return say.ngettext("environ {most} minute", "environ {most} minutes", most).format(most=most)
    return say.ngettext("{least} à {most} minute", "{least} à {most} minutes", most).format(least=least, most=most)


def _questions(least: int, most: int, locale: str) -> str:
    say = messages(locale)
    if least == most:
        return say.ngettext("{most} question", "{most} questions", most).format(most=most)
    return say.ngettext("{least} à {most} question", "{least} à {most} questions", most).format(least=least, most=most)


def _documents(procedure: Procedure, locale: str, texts: TextRenderer) -> list[views.StartDocument]:
    """Every paper that may be asked, each once: the same paper for two people of a file is one line."""
    wording = wording_for(procedure, None, locale)
    found: dict[tuple[str, str, str], views.StartDocument] = {}
    for document in procedure.documents:
        hint = texts.inline(document.hint) if document.hint else None
        line = views.StartDocument(
            title=texts.inline(document.title),
            condition=_condition(document, procedure, wording, locale),
            hint=hint,
            age=age_in_words(document, wording),
            to_check=document.needs_review,
        )
        key = (document.title.source, document.hint.source if document.hint else "", line.age or "")
        found[key] = line if key not in found else _merged(found[key], line, locale)
    return list(found.values())


def _merged(first: views.StartDocument, second: views.StartDocument, locale: str) -> views.StartDocument:
    """One line for a paper that two lines of the procedure ask."""
    if first.condition is None or second.condition is None:
        condition = None
    elif first.condition == second.condition:
        condition = first.condition
    else:
        condition = messages(locale).gettext("Selon votre situation.")
    return replace(first, condition=condition, to_check=first.to_check or second.to_check)


def _condition(document: Document, procedure: Procedure, wording: Wording, locale: str) -> str | None:
    """When a document is asked, as a sentence; None when it always is."""
    say = messages(locale).gettext
    if any(need.when is None and need.level == "required" for need in document.need):
        return say("Selon votre situation.") if _may_be_empty(document.for_each, procedure) else None
    conditions = [need.when for need in document.need if need.when is not None]
    if len(conditions) == 1 and len(document.need) == 1:
        words = condition_in_words(conditions[0], procedure, wording)
        return sentence(say("si {condition}").format(condition=words))
    return say("Selon votre situation.")


def _may_be_empty(name: str | None, procedure: Procedure) -> bool:
    """Whether some people have nothing in the list, or nothing ticked, for whose items a document is asked."""
    for step in procedure.steps:
        if step.id == name and step.repeat is not None:
            return step.when is not None or step.repeat.min == 0
        for question in step.fields:
            if question.id == name:
                nothing = not question.required or any(choice.exclusive for choice in question.choices)
                return step.when is not None or question.when is not None or nothing
    return False


def _costs(procedure: Procedure, locale: str, texts: TextRenderer) -> Iterator[views.Fact]:
    say = messages(locale).gettext
    for fee in procedure.fees:
        cost = _cost(procedure, fee.fact, texts.plain(fee.says) if fee.says else "", texts)
        yield replace(cost, to_check=cost.to_check or fee.needs_review)
    window = procedure.window
    if window is not None and window.late is not None:
        only = say("Seulement si vous déposez après le dernier jour.")
        yield _cost(procedure, window.late.fact, " ".join((only, *_for_whom(procedure, locale))), texts)
    yield views.Fact(say("Ce service est gratuit. Personne ne peut vous vendre un rendez-vous."))


def _cost(procedure: Procedure, name: str, says: str, texts: TextRenderer) -> views.Fact:
    """What a fact costs, with `says` after it; a price that is disputed or not known is to be checked."""
    say = messages(texts.locale).gettext
    fact = procedure.facts[name]
    if fact.conflict:
        values = (format_amount(one.value, one.unit, texts.locale) for one in fact.conflict)
        return views.Fact(f"{say(' ou ').join(dict.fromkeys(values))}. {says}".strip(), to_check=True)
    period = period_on(fact, site().today()) if fact.as_of == "started" else None
    if period is None:
        amount = texts.plain(fact.fallback) if fact.fallback else say("Montant à vérifier auprès de la préfecture.")
        return views.Fact(" ".join(filter(None, (sentence(amount), says))), to_check=True)
    amount = format_amount(period.value, period.unit, texts.locale)
    return views.Fact(f"{amount}. {says}".strip(), to_check=period.needs_review)


def _for_whom(procedure: Procedure, locale: str) -> Iterator[str]:
    """For whom the days to file are, as a sentence; nothing where they are for everyone."""
    when = procedure.window.when if procedure.window is not None else None
    if when is not None:
        words = condition_in_words(when, procedure, wording_for(procedure, None, locale))
        yield sentence(messages(locale).gettext("si {condition}").format(condition=words))


def _limits(procedure: Procedure, locale: str, texts: TextRenderer) -> Iterator[views.Fact]:
    """Time limits; those that count from filing as the date they would have if one filed today."""
    say = messages(locale).gettext
    today = site().today()
    if last := last_day(procedure, locale):
        yield views.Fact(last)
    if procedure.window is not None and procedure.window.late_says is not None:
        said = texts.inline(procedure.window.late_says)
        yield views.Fact(Markup(" ").join((said, *_for_whom(procedure, locale))))
    for silence in procedure.after_sending.silence:
        pattern = (
            say("Si vous déposez aujourd'hui un dossier complet, sans réponse avant le {day} ({after}) : {means}")
            if silence.counted_from == "complete_file"
            else say("Si vous déposez aujourd'hui et que personne ne répond avant le {day} ({after}) : {means}")
        )
        yield views.Fact(
            pattern.format(
                day=format_date(plus(today, silence.after), locale),
                after=format_duration(silence.after, locale),
                means=texts.plain(silence.means),
            ),
            to_check=silence.needs_review,
        )


def _source(source: Source, language: str, locale: str) -> views.Link:
    note = None
    if source.checked_on is not None:
        note = messages(locale).gettext("lu le {day}").format(day=format_date(source.checked_on, locale))
    title = f"{source.title}, {source.reference}" if source.reference else source.title
    return cited(title, language, locale, url=source.url or "", note=note)


def _to_check(procedure: Procedure, locale: str, texts: TextRenderer) -> Iterator[str]:
    """Everything in the file that nobody has confirmed."""
    yield from (texts.plain(document.title) for document in procedure.documents if document.needs_review)
    yield from (texts.plain(channel.title) for channel in procedure.channels if channel.needs_review)
    yield from (texts.plain(contact.title) for contact in procedure.contacts if contact.needs_review)
    yield from (texts.plain(outcome.title) for outcome in procedure.outcomes if outcome.needs_review)
    yield from (texts.plain(letter.title) for letter in procedure.letters if letter.needs_review)
    yield from (texts.plain(rule.says) for rule in procedure.rules.values() if rule.needs_review)
    checks = (check for step in procedure.steps for page in step.pages for check in page.checks)
    yield from (texts.plain(check.says) for check in checks if check.needs_review)
    after = procedure.after_sending
    yield from (texts.plain(stage.paper) for stage in after.stages if stage.needs_review)
    yield from (texts.plain(silence.means) for silence in after.silence if silence.needs_review)
    yield from (texts.plain(remedy.title) for remedy in after.remedies if remedy.needs_review)
    yield from (_fact_line(fact, locale) for fact in procedure.facts.values() if _doubtful(fact))


def _doubtful(fact: Fact) -> bool:
    return bool(fact.conflict) or any(period.needs_review or period.starts_unknown for period in fact.periods)


def _fact_line(fact: Fact, locale: str) -> str:
    values = [format_amount(period.value, period.unit, locale) for period in (*fact.periods, *fact.conflict)]
    return messages(locale).gettext("{values} : à confirmer").format(values=" / ".join(dict.fromkeys(values)))


def help_view(locale: str) -> views.HelpView:
    everywhere = ways_of(None, locale)
    return views.HelpView(
        ways=everywhere,
        by_procedure=about_all("help", locale, lambda: _by_procedure(locale, everywhere.contacts)),
        resume_url=url_for("phones.resume", locale=locale),
        keep=_kept(locale),
    )


def _by_procedure(locale: str, known: tuple[views.ContactCard, ...]) -> tuple[tuple[Markup, views.Ways], ...]:
    """The title of each procedure, and its ways without the contacts that the page shows already."""
    return tuple(
        (TextRenderer(procedure, locale).inline(procedure.title), ways_beside(procedure, locale, known))
        for procedure in served()
    )
