"""Add-another lists: the items of a repeat, added, changed, and removed after a confirmation."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, request

from app.journey.answers import add_item, remove_item
from app.journey.model import Stop
from app.pages import views
from app.pages.texts import TextRenderer
from app.web.guards import form_is_ours, own_form, with_draft
from app.web.items import item_label, items_of
from app.web.onward import following
from app.web.opendraft import Data, OpenDraft
from app.web.respond import go, show
from app.web.step_view import back_url, progress, step_actions

pages = Blueprint("lists", __name__)


def show_list(opened: OpenDraft, stop: Stop, *, error: str | None = None, status: int = 200) -> Response:
    repeat = stop.step.repeat
    assert repeat is not None
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    ids = items_of(opened, stop)
    chosen = repeat.for_each is not None
    view = views.ListView(
        heading=texts.plain(stop.step.title),
        progress=progress(opened, stop),
        back_url=back_url(opened, stop),
        notes=tuple(texts.block(note.text) for note in stop.notes),
        items=tuple(
            views.ListItem(
                label=item_label(opened, stop, item),
                change_url=opened.stop_url(first_page(opened, stop, item)),
                remove_url=None if chosen else opened.url("lists.remove_item", step_id=stop.step.id, item=item),
                done=all(p.answered for p in opened.journey.path if p.step is stop.step and p.item == item),
            )
            for item in ids
        ),
        can_add=not chosen and len(ids) < repeat.max,
        most=repeat.max,
        least=repeat.min,
        error=error,
        actions=step_actions(opened, stop),
    )
    return show(view, status=status, opened=opened)


def first_page(opened: OpenDraft, stop: Stop, item: str) -> Stop:
    return next(other for other in opened.journey.path if other.step is stop.step and other.item == item)


def receive_list(opened: OpenDraft, stop: Stop) -> Response:
    """The buttons "Add", "Continue" and "Save and stop" of a list."""
    if not form_is_ours(opened.token):
        return show_list(opened, stop, status=403)
    action = request.form.get("action", "continue")
    if action == "save":
        return go(opened.url("phones.saved"))
    repeat = stop.step.repeat
    assert repeat is not None
    if action == "add" and len(items_of(opened, stop)) < repeat.max and opened.editable:
        return go(opened.stop_url(_add(opened, stop)))
    if not stop.answered:
        return show_list(opened, stop, error="too_few", status=422)
    opened.change(lambda data: _visit(data, stop))
    return go(following(opened, stop))


def _visit(data: Data, stop: Stop) -> None:
    visited = list(data.get("answers", {}).get("_visited", []))
    if stop.key not in visited:
        data["answers"] = {**data.get("answers", {}), "_visited": [*visited, stop.key]}


def _add(opened: OpenDraft, stop: Stop) -> Stop:
    added: list[str] = []

    def change(data: Data) -> None:
        data["answers"], item = add_item(data.get("answers", {}), stop.step.id)
        added.append(item)

    opened.change(change, event="item_added")
    return first_page(opened, stop, added[-1])


@pages.get("/<locale>/<slug>/<draft>/remove/<step_id>/<item>", endpoint="remove_item")
@with_draft
def confirm_removal(opened: OpenDraft, step_id: str, item: str) -> Response:
    stop = _list_stop(opened, step_id, item)
    view = views.RemoveView(
        label=item_label(opened, stop, item),
        action=opened.url("lists.remove_item", step_id=step_id, item=item),
        back_url=opened.stop_url(stop),
    )
    return show(view, opened=opened)


@pages.post("/<locale>/<slug>/<draft>/remove/<step_id>/<item>", endpoint="removed_item")
@with_draft
@own_form
def remove(opened: OpenDraft, step_id: str, item: str) -> Response:
    stop = _list_stop(opened, step_id, item)
    if opened.editable:

        def change(data: Data) -> None:
            data["answers"] = dict(remove_item(data.get("answers", {}), step_id, item))
            gone = f"{step_id}/{item}"
            pending = data.get("pending", {})
            data["pending"] = {k: v for k, v in pending.items() if k != gone and not k.startswith(gone + "/")}

        opened.change(change, event="item_removed")
    return go(opened.stop_url(stop))


def _list_stop(opened: OpenDraft, step_id: str, item: str) -> Stop:
    """The list that an item belongs to; 404 when there is no such item now (already removed in another tab)."""
    stop = next((s for s in opened.journey.path if s.is_list and s.step.id == step_id), None)
    if stop is None or item not in items_of(opened, stop):
        abort(404)
    return stop
