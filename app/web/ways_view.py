"""Every way of filing and every human contact, as cards for the start page, outcomes and error pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from flask import url_for

from app.journey.model import Journey
from app.locale import available, format_phone, messages
from app.pages.texts import TextRenderer
from app.pages.views import NO_WAYS, ChannelCard, ContactCard, Link, Ways
from app.paper.prose import what_a_way_does
from app.spec.model import Channel, Contact, Procedure
from app.web.site import site
from app.web.sourced import source_link

T = TypeVar("T")


def ways_of(
    procedure: Procedure | None,
    locale: str,
    *,
    journey: Journey | None = None,
    channels: Iterable[Channel] | None = None,
    sent: bool = False,
    here: bool = True,
) -> Ways:
    """The ways of a procedure: those open to this person when `channels` are given, else all it has. Without a
    procedure, the contacts of all procedures, each once.

    `sent`: it was filed here, so that every other way would file it twice. People to speak to are left. `here`: False
    where nothing can be sent from this page, whoever runs the installation.
    """
    if procedure is None:
        return Ways(contacts=about_all("contacts", locale, lambda: _everyone(locale)))
    texts = TextRenderer(procedure, locale, journey=journey)
    contacts = tuple(_contact(contact, texts, procedure.language) for contact in procedure.contacts)
    if sent:
        return Ways(contacts=contacts)
    shown = procedure.channels if channels is None else tuple(channels)
    elsewhere = tuple(_channel(c, procedure, texts, journey) for c in shown if c.kind != "received_here")
    received = tuple(_channel(c, procedure, texts, journey) for c in shown if c.kind == "received_here")
    if not here or procedure.kind == "router" or site().settings.mode == "prepare":
        received = ()
    elif not received:
        received = (_here(locale),)
    return Ways(channels=(*received, *elsewhere), contacts=contacts, papers=_papers(procedure, locale))


def _here(locale: str) -> ChannelCard:
    """The way that an authority's own installation is, where the procedure does not speak of it."""
    say, operator = messages(locale).gettext, site().settings.operator
    how = say("Vous envoyez votre demande ici, après les questions. Elle est reçue par : {operator}.")
    return ChannelCard(title=say("Ce service"), how=how.format(operator=operator))


def filing_ways(channels: Iterable[Channel]) -> list[Channel]:
    """The ways where one files, the main one first: the first whose screens are described, else the first."""
    filing = [channel for channel in channels if channel.files]
    main = next((channel for channel in filing if channel.screens), None)
    return sorted(filing, key=lambda channel: channel is not main) if main is not None else filing


def _papers(procedure: Procedure, locale: str) -> tuple[Link, ...]:
    """The form on paper, as long as the procedure is served."""
    if procedure.slug not in site().published.current:
        return ()
    say, own = messages(locale).gettext, procedure.language
    words = say("Le formulaire à imprimer et à remplir à la main (PDF)")
    mine = url_for("papers.blank", locale=locale, slug=procedure.slug)
    if own == locale or own not in {language.code for language in available()}:
        return (Link(words, mine),)
    office = url_for("papers.blank", locale=own, slug=procedure.slug)
    return (
        Link(f"{words} – {say('Dans la langue du bureau : donnez ce papier.')}", office),
        Link(f"{words} – {say('Dans votre langue, pour le lire.')}", mine),
    )


def _channel(channel: Channel, procedure: Procedure, texts: TextRenderer, journey: Journey | None) -> ChannelCard:
    return ChannelCard(
        title=texts.inline(channel.title),
        how=texts.block(channel.how) if channel.how else None,
        url=channel.url,
        office=_office(channel, procedure, journey),
        does=what_a_way_does(channel, messages(texts.locale).gettext) or None,
        elsewhere=channel.kind == "external" and channel.files and site().settings.mode == "prepare",
        to_check=channel.needs_review,
        source=source_link(channel.source, procedure.language, texts.locale),
        office_lang=procedure.language if procedure.language != texts.locale else None,
    )


def _office(channel: Channel, procedure: Procedure, journey: Journey | None) -> tuple[str, ...]:
    """Name and address of the office that a table gives for this person: its columns in their order.

    The column that finds the row ("94"), and those named after it (`department_name`), are no part of an address.
    """
    if journey is None or channel.office is None:
        return ()
    row = journey.derived.get(channel.office.name)
    if not isinstance(row, dict):
        return ()
    table = procedure.tables[procedure.derived[channel.office.name].options["table"]]
    return tuple(row[column] for column in table.columns if not column.startswith(table.key) and row[column])


def _contact(contact: Contact, texts: TextRenderer, language: str) -> ContactCard:
    locale = texts.locale
    return ContactCard(
        title=texts.inline(contact.title),
        phone=format_phone(contact.phone, locale) if contact.phone else None,
        phone_url=f"tel:{contact.phone.replace(' ', '')}" if contact.phone else None,
        free=contact.free,
        hours=texts.inline(contact.hours) if contact.hours else None,
        url=contact.url,
        email=contact.email,
        how=texts.block(contact.how) if contact.how else None,
        to_check=contact.needs_review,
        source=source_link(contact.source, language, locale),
    )


def served() -> Iterable[Procedure]:
    """Each procedure in force, one after the other: a process does not hold many at the same time."""
    return site().published.current.values()


def about_all(page: str, locale: str, work_out: Callable[[], T]) -> T:
    """What a page says of all procedures, as long as the day (here, and for facts) and the installation are the same:
    the open ways and what is in force depend on nothing else.
    """
    here = site()
    about = page, locale, here.today(), datetime.now(UTC).date(), here.settings.mode, here.settings.operator
    return here.published.told(about, work_out)


def _everyone(locale: str) -> tuple[ContactCard, ...]:
    """Each contact once. What only some of the procedures say of it stays with them: it may be no advice to others."""
    cards: dict[str, list[ContactCard]] = {}
    for procedure in served():
        texts = TextRenderer(procedure, locale)
        for contact in procedure.contacts:
            card = _contact(contact, texts, procedure.language)
            cards.setdefault(str(card.title), []).append(card)
    return tuple(_merged(found, alone=len(site().published.current) == 1) for found in cards.values())


def _merged(found: list[ContactCard], *, alone: bool) -> ContactCard:
    shared = alone or (len(found) > 1 and len({card.how for card in found}) == 1)
    first = next((card for card in found if card.phone or card.url or card.email), found[0])
    return replace(first, how=first.how if shared else None, to_check=any(card.to_check for card in found))


def ways_beside(procedure: Procedure, locale: str, known: tuple[ContactCard, ...]) -> Ways:
    """The ways of a procedure on a page that shows the contacts `known` already."""
    ways = ways_of(procedure, locale)
    return replace(ways, contacts=tuple(card for card in ways.contacts if card not in known))


__all__ = ["NO_WAYS", "about_all", "filing_ways", "served", "ways_beside", "ways_of"]
