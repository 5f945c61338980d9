"""Add-another lists: the items of a repeat, added, changed, and removed after a confirmation."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, request

from app.journey.answers import VISITED, add_item, remove_item
from app.journey.model import Stop
from app.pages import views
from app.pages.texts import TextRenderer
from app.web.guards import form_is_ours, own_form, with_draft
from app.web.instead import drop_item
from app.web.items import item_label, item_place, items_of
from app.web.onward import following
from app.web.opendraft import Data, OpenDraft
from app.web.respond import go, show
from app.web.said import with_word
from app.web.step_view import back_url, progress, step_actions
from app.web.tabs import tab_title

pages = Blueprint("lists", __name__)


def show_list(opened: OpenDraft, stop: Stop, *, error: str | None = None, status: int = 200) -> Response:
    repeat = stop.step.repeat
    assert repeat is not None
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    ids = items_of(opened, stop)
    g.private = stop.step.private
    chosen = repeat.for_each is not None
    view = views.ListView(
        heading=texts.plain(stop.step.title),
        tab=tab_title(opened, stop.step.title),
        progress=progress(opened, stop),
        back_url=back_url(opened, stop),
        notes=tuple(texts.block(note.text) for note in stop.notes),
        items=tuple(
            views.ListItem(
                label=item_label(opened, stop, item),
                change_url=opened.stop_url(page) if (page := first_page(opened, stop, item)) else None,
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


def first_page(opened: OpenDraft, stop: Stop, item: str) -> Stop | None:
    """The first page of an item; None when it is asked nothing now."""
    return next((other for other in opened.journey.path if other.step is stop.step and other.item == item), None)


def receive_list(opened: OpenDraft, stop: Stop) -> Response:
    """The buttons "Add", "Continue" and "Save and stop" of a list."""
    if not form_is_ours(opened.token):
        return show_list(opened, stop, status=403)
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    action = request.form.get("action", "continue")
    if action == "save":
        return go(opened.url("phones.saved"))
    if action == "add":
        added = _add(opened, stop)
        return go(opened.stop_url(stop if added is None else added))
    error = _unready(opened, stop)
    if error is not None:
        return show_list(opened, stop, error=error, status=422)
    opened.change(lambda data: _visit(data, stop))
    return go(following(opened, stop))


def _unready(opened: OpenDraft, stop: Stop) -> str | None:
    """Why one cannot go on from a list. Items that are not finished come next by themselves."""
    repeat, ids = stop.step.repeat, items_of(opened, stop)
    assert repeat is not None
    if len(ids) < repeat.min:
        return "too_few"
    return "too_many" if len(ids) > repeat.max else None


def _visit(data: Data, stop: Stop) -> None:
    visited = list(data.get("answers", {}).get(VISITED, []))
    if stop.key not in visited:
        data["answers"] = {**data.get("answers", {}), VISITED: [*visited, stop.key]}


def _add(opened: OpenDraft, stop: Stop) -> Stop | None:
    """A new item's first page; None when the list is full. A double click adds one: an item that nobody has touched
    yet is taken again.
    """
    repeat = stop.step.repeat
    assert repeat is not None
    added: list[str] = []

    def change(data: Data) -> None:
        answers = data.get("answers", {})
        held = answers.get(stop.step.id, [])
        begun = {key.split("/")[1] for key in (*data.get("pending", {}), *answers.get(VISITED, ())) if "/" in key}
        added[:] = [item["id"] for item in held if not item["answers"] and item["id"] not in begun][:1]
        if not added and len(held) < repeat.max:
            data["answers"], item = add_item(answers, stop.step.id)
            added.append(item)

    opened.change(change)
    return first_page(opened, stop, added[0]) if added else None


@pages.get("/<locale>/<slug>/<draft>/remove/<step_id>/<item>", endpoint="remove_item")
@with_draft
def confirm_removal(opened: OpenDraft, step_id: str, item: str) -> Response:
    if opened.record.frozen:
        return go(opened.next_url())
    stop = _list_stop(opened, step_id)
    if item not in items_of(opened, stop):
        # Removed already, in another tab or by a first click.
        return go(opened.stop_url(stop))
    g.private = stop.step.private
    view = views.RemoveView(
        label=item_label(opened, stop, item),
        action=opened.url("lists.remove_item", step_id=step_id, item=item),
        back_url=opened.stop_url(stop),
        tab=f"{tab_title(opened, stop.step.title)} · {item_place(opened, stop, item)}",
    )
    return show(view, opened=opened)


@pages.post("/<locale>/<slug>/<draft>/remove/<step_id>/<item>", endpoint="removed_item")
@with_draft
@own_form
def remove(opened: OpenDraft, step_id: str, item: str) -> Response:
    """Remove an item with everything that was given for it: answers, what was typed, files."""
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    stop = _list_stop(opened, step_id)
    gone = f"{step_id}/{item}"

    def change(data: Data) -> None:
        data["answers"] = remove_item(data.get("answers", {}), step_id, item)
        for name in ("pending", "typed_over", "advised"):
            data[name] = {k: v for k, v in data.get(name, {}).items() if k != gone and not k.startswith(gone + "/")}

        drop_item(data, {d.id for d in opened.procedure.documents if d.for_each == step_id}, item)

    if item in items_of(opened, stop):
        opened.change(change, event="item_removed")
        _remove_files(opened, step_id, item)
    return go(opened.stop_url(stop))


def _remove_files(opened: OpenDraft, step_id: str, item: str) -> None:
    files, each = opened.site.store.files, {d.id for d in opened.procedure.documents if d.for_each == step_id}
    for file in files.of_draft(opened.id):
        if file.document in each and file.item == item:
            files.remove(opened.id, file.id)


def _list_stop(opened: OpenDraft, step_id: str) -> Stop:
    """A list on the path; 404 when there is no such list now."""
    stop = next((s for s in opened.journey.path if s.is_list and s.step.id == step_id), None)
    if stop is None:
        abort(404)
    return stop
