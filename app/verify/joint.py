"""Two revisions of a procedure over the same answers: what each does with the same person."""

from __future__ import annotations

from dataclasses import dataclass

from app.spec.canonical import loads
from app.spec.compiler import Compiled, from_canonical
from app.spec.model import Procedure
from app.verify.diagram import FALSE
from app.verify.frame import Frame
from app.verify.model import Model
from app.verify.outline import Outline, Thing
from app.verify.reader import Moment
from app.verify.side import Side
from app.verify.spaces import Spaces, ordered


@dataclass(frozen=True, slots=True)
class Joint:
    """Both outlines over one frame. `both` is true of whoever completes either; `ended` of whoever comes to an end in
    both, complete or stopped.
    """

    old: Outline
    new: Outline
    both: int
    ended: int

    @property
    def frame(self) -> Frame:
        return self.new.side.frame


def joint(old: Procedure, new: Procedure, moment: Moment) -> Joint:
    """The two revisions on one day. Raises `Undecided`."""
    models = (Model(new), Model(old))
    found = [Spaces(model, moment).whole_view() for model in models]
    views = tuple(view for view, _ in found)
    items = {name: max(counts.get(name, 1) for _, counts in found) for _, held in found for name in held}
    frame = Frame(views, _names(*models), items)
    sides = [Side(model, frame, view, model.constraints) for model, view in zip(models, views, strict=True)]
    outlines = [Outline(side) for side in sides]
    diagrams = frame.diagrams
    ends = [_ended(outline) for outline in outlines]
    both = diagrams.both(outlines[0].complete, outlines[1].complete)
    return Joint(outlines[1], outlines[0], both, diagrams.both(ends[0], ends[1]))


def _ended(outline: Outline) -> int:
    stops = [outcome.id for outcome in outline.model.procedure.outcomes if outcome.effect == "stop"]
    reached = (outline.things.get(Thing("outcome", name), FALSE) for name in stops)
    return outline.side.diagrams.any_of([outline.complete, *reached])


def _names(new: Model, old: Model) -> tuple[str, ...]:
    """The questions of both in order; what only the old one asks stands where it stood, behind what came before it."""
    names = list(ordered(new, new.reads.everything))
    behind: str | None = None
    for name in ordered(old, old.reads.everything):
        if name not in names:
            names.insert(0 if behind is None else names.index(behind) + 1, name)
        behind = name
    return tuple(names)


def told_apart(old: Compiled, new: Procedure) -> tuple[Procedure, list[str]]:
    """The old procedure with a name of its own for each question that is another one now, although it kept its id: of
    another kind, or asked once for each item and no longer. Its answers cannot be those of the new one.
    """
    assert old.procedure is not None
    before, after = Model(old.procedure).reads, Model(new).reads
    changed = [
        name
        for name in before.fields.keys() & after.fields.keys()
        if (before.fields[name].kind, before.in_item(name)) != (after.fields[name].kind, after.in_item(name))
    ]
    canonical = old.canonical
    for name in changed:
        canonical = canonical.replace(f'"{name}"', f'"{name}@old"')
    if not changed:
        return old.procedure, []
    assert loads(canonical)
    return from_canonical(canonical), sorted(changed)
