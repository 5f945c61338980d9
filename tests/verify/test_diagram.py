"""Decision diagrams against the plain truth table of the same functions."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.verify.diagram import FALSE, TRUE, Diagrams, Undecided

SIZES = (2, 3, 2, 4)
EVERYONE = list(product(*(range(size) for size in SIZES)))

Table = frozenset[tuple[int, ...]]
"""The persons for whom a function is true."""


def build(diagrams: Diagrams, table: Table, prefix: tuple[int, ...] = ()) -> int:
    if len(prefix) == len(SIZES):
        return TRUE if prefix in table else FALSE
    children = tuple(build(diagrams, table, (*prefix, value)) for value in range(SIZES[len(prefix)]))
    return diagrams.node(len(prefix), children)


def a_family() -> Diagrams:
    diagrams = Diagrams()
    for size in SIZES:
        diagrams.variable(size)
    return diagrams


tables = st.frozensets(st.sampled_from(EVERYONE))


@settings(max_examples=60, deadline=None)
@given(tables, tables)
def test_operations_are_those_of_sets(first: Table, second: Table) -> None:
    diagrams = a_family()
    a, b = build(diagrams, first), build(diagrams, second)
    everyone = frozenset(EVERYONE)
    assert diagrams.both(a, b) == build(diagrams, first & second)
    assert diagrams.either(a, b) == build(diagrams, first | second)
    assert diagrams.negate(a) == build(diagrams, everyone - first)
    assert diagrams.without(a, b) == build(diagrams, first - second)
    assert diagrams.choose(a, b, diagrams.negate(b)) == build(
        diagrams, (first & second) | ((everyone - first) - second)
    )
    assert diagrams.count(a, range(len(SIZES))) == len(first)


@settings(max_examples=60, deadline=None)
@given(tables, st.sets(st.integers(0, 3)))
def test_quantifiers_and_restriction(table: Table, levels: set[int]) -> None:
    diagrams = a_family()
    a = build(diagrams, table)

    def alike(person: tuple[int, ...]) -> list[tuple[int, ...]]:
        return [p for p in EVERYONE if all(p[n] == person[n] for n in range(4) if n not in levels)]

    some = frozenset(p for p in EVERYONE if any(other in table for other in alike(p)))
    every = frozenset(p for p in EVERYONE if all(other in table for other in alike(p)))
    assert diagrams.some(a, frozenset(levels)) == build(diagrams, some)
    assert diagrams.every(a, frozenset(levels)) == build(diagrams, every)
    fixed = dict.fromkeys(levels, 0)
    zeroed = frozenset(p for p in EVERYONE if tuple(0 if n in levels else p[n] for n in range(4)) in table)
    assert diagrams.fix(a, fixed) == build(diagrams, zeroed)
    assert {(n, v) for n in range(4) for v in diagrams.values(a, n)} == {(n, p[n]) for p in table for n in range(4)}


@settings(max_examples=60, deadline=None)
@given(tables)
def test_a_picked_person_makes_the_function_true(table: Table) -> None:
    diagrams = a_family()
    a = build(diagrams, table)
    picked = diagrams.pick(a)
    assert (picked is None) == (not table)
    if picked is not None:
        assert tuple(picked.get(level, 0) for level in range(4)) in table
        assert picked.keys() <= diagrams.support(a)


def test_a_thousand_questions_in_a_row() -> None:
    diagrams = Diagrams()
    every = diagrams.all_of(diagrams.one_of(diagrams.variable(2), bool) for _ in range(1000))
    assert len(diagrams.support(every)) == 1000
    assert diagrams.negate(diagrams.negate(every)) == every
    assert diagrams.count(every, range(1000)) == 1


def test_beyond_the_bound_nothing_is_decided() -> None:
    diagrams = Diagrams(most=3)
    diagrams.one_of(diagrams.variable(2), bool)
    diagrams.one_of(diagrams.variable(2), bool)
    level = diagrams.variable(2)
    with pytest.raises(Undecided):
        diagrams.one_of(level, bool)
