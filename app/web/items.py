"""The items of a repeat, as they are named on pages."""

from __future__ import annotations

from collections import Counter

from flask import g

from app.journey.model import Stop
from app.locale import messages
from app.pages.texts import TextRenderer
from app.web.opendraft import OpenDraft


def items_of(opened: OpenDraft, stop: Stop) -> list[str]:
    """The ids of a repeat's items, in the person's order; also of those that are asked nothing now."""
    return [item["id"] for item in opened.journey.answers.get(stop.step.id, ())]


def item_place(opened: OpenDraft, stop: Stop, item: str) -> str:
    """What an item is called without its answers: its place in the list."""
    place = items_of(opened, stop).index(item) + 1
    return messages(g.locale).gettext("Numéro {place}").format(place=place)


def item_label(opened: OpenDraft, stop: Stop, item: str) -> str:
    """What an item is called: the author's words filled with its answers ("Aminata"); its place in the list while they
    are empty, and after them where another item is called the same.
    """
    # A page that shows all answers names each item beside each of them.
    labels = opened.told(("items", stop.step.id, g.locale), lambda: _labels(opened, stop))
    return labels.get(item) or item_place(opened, stop, item)


def _labels(opened: OpenDraft, stop: Stop) -> dict[str, str]:
    called = {item: _called(opened, stop, item) for item in items_of(opened, stop)}
    twins = Counter(called.values())
    return {
        item: f"{words} ({item_place(opened, stop, item)})" if words and twins[words] > 1 else words
        for item, words in called.items()
    }


def _called(opened: OpenDraft, stop: Stop, item: str) -> str:
    """The author's words filled with the answers of an item; empty while they are."""
    if stop.step.repeat is None:
        return ""
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=item)
    label = texts.plain(stop.step.repeat.item).strip()
    # "…" stands for an answer that is not there yet; what is left around it ("(…)") names nobody.
    label = label.replace(" (…)", "")
    return label if any(sign.isalnum() for sign in label) else ""
