"""Functions of finite variables as shared decision diagrams: equal functions are one node.

A variable is a level; its values are numbered from 0. A node at a level has one child for each value; a function that
does not depend on a variable has no node there. Reading a diagram from the top follows a journey question by question,
and two journeys with the same future meet in the same node: nothing is ever listed person by person.
Source: R. Bryant, "Graph-based algorithms for Boolean function manipulation" (1986), with as many children as values.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from app.spec.codes.phrase import Phrase

FALSE, TRUE = 0, 1
# A diagram is as deep as there are questions, and is read from the top.
sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
_END = 1_000_000
"""The level of the two constants: below every variable."""


class Undecided(Exception):
    """A bound was exceeded: nothing is proven, and that is said. The message, a phrase, tells which bound."""


def reason(bound: Exception) -> Phrase:
    """Why nothing was decided, in both languages; nothing else than depth stops a recursion."""
    said = bound.args[0] if bound.args else ""
    if isinstance(said, Phrase):
        return said
    return Phrase("trop de questions dépendent les unes des autres", "too many questions depend on each other")


class Diagrams:
    """A family of functions over the same variables. `sizes[level]` is the number of values of a variable."""

    def __init__(self, most: int = 200_000) -> None:
        self.most = most
        self.sizes: list[int] = []
        self._levels = [_END, _END]
        self._children: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._not: dict[int, int] = {FALSE: TRUE, TRUE: FALSE}
        self._reached: dict[int, tuple[dict[int, set[int]], set[tuple[int, int]]]] = {}
        self._supports: dict[int, frozenset[int]] = {FALSE: frozenset(), TRUE: frozenset()}

    def variable(self, size: int) -> int:
        """A new variable below all others; its level."""
        self.sizes.append(size)
        return len(self.sizes) - 1

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The function that is `children[value]` for each value of a variable; children lie below that level."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (level, children)
        found = self._known.get(key)
        if found is None:
            if len(self._levels) > self.most:
                raise Undecided(
                    Phrase(f"plus de {self.most} états différents", f"more than {self.most} different states")
                )
            found = self._known[key] = len(self._levels)
            self._levels.append(level)
            self._children.append(children)
        return found

    def one_of(self, level: int, wanted: Callable[[int], bool]) -> int:
        """The function that is true for the wanted values of one variable."""
        return self.node(level, tuple(TRUE if wanted(value) else FALSE for value in range(self.sizes[level])))

    def level(self, function: int) -> int:
        """The first variable that a function depends on; a very large number for a constant."""
        return self._levels[function]

    def at(self, function: int, level: int, value: int) -> int:
        """The function once the first variable has a value; `level` must not lie below the function's own."""
        return self._children[function][value] if self._levels[function] == level else function

    def both(self, a: int, b: int) -> int:
        """True where both are."""
        if b in (a, TRUE):
            return a
        if a == TRUE:
            return b
        if FALSE in (a, b):
            return FALSE
        key = (a, b) if a < b else (b, a)
        found = self._both.get(key)
        if found is None:
            found = self._both[key] = self._apply(self.both, a, b)
        return found

    def either(self, a: int, b: int) -> int:
        """True where one of them is."""
        if b in (a, FALSE):
            return a
        if a == FALSE:
            return b
        if TRUE in (a, b):
            return TRUE
        key = (a, b) if a < b else (b, a)
        found = self._either.get(key)
        if found is None:
            found = self._either[key] = self._apply(self.either, a, b)
        return found

    def _apply(self, operation: Callable[[int, int], int], a: int, b: int) -> int:
        above, below = self._levels[a], self._levels[b]
        if above == below:
            pairs = zip(self._children[a], self._children[b], strict=True)
            return self.node(above, tuple([operation(x, y) for x, y in pairs]))
        if above > below:
            a, b, above = b, a, below
        return self.node(above, tuple([operation(child, b) for child in self._children[a]]))

    def negate(self, a: int) -> int:
        """True where `a` is not."""
        found = self._not.get(a)
        if found is None:
            found = self.node(self._levels[a], tuple([self.negate(child) for child in self._children[a]]))
            self._not[a] = found
            self._not[found] = a
        return found

    def all_of(self, functions: Iterable[int]) -> int:
        """True where every one is; of none, true."""
        return self._fold(self.both, functions, TRUE)

    def any_of(self, functions: Iterable[int]) -> int:
        """True where one is; of none, false."""
        return self._fold(self.either, functions, FALSE)

    def _fold(self, operation: Callable[[int, int], int], functions: Iterable[int], start: int) -> int:
        """Join functions, those that read late questions first: each step then adds to the top of what is there."""
        for function in sorted(functions, key=self._levels.__getitem__, reverse=True):
            start = operation(start, function)
        return start

    def without(self, a: int, b: int) -> int:
        """True where `a` is and `b` is not."""
        return FALSE if a == b else self.both(a, self.negate(b))

    def choose(self, test: int, then: int, otherwise: int) -> int:
        """`then` where the test is true, `otherwise` elsewhere."""
        return self.either(self.both(test, then), self.without(otherwise, test))

    def some(self, a: int, levels: frozenset[int]) -> int:
        """True where some values of the variables at `levels` make `a` true."""
        return self._over(self.any_of, a, levels, {})

    def every(self, a: int, levels: frozenset[int]) -> int:
        """True where all values of the variables at `levels` make `a` true."""
        return self._over(self.all_of, a, levels, {})

    def _over(self, join: Callable[[Iterable[int]], int], a: int, levels: frozenset[int], done: dict[int, int]) -> int:
        if a in (FALSE, TRUE):
            return a
        if a not in done:
            level = self._levels[a]
            children = tuple([self._over(join, child, levels, done) for child in self._children[a]])
            done[a] = join(children) if level in levels else self.node(level, children)
        return done[a]

    def support(self, a: int) -> frozenset[int]:
        """The variables that a function depends on."""
        found = self._supports.get(a)
        if found is None:
            below = [self.support(child) for child in set(self._children[a])]
            found = self._supports[a] = frozenset([self._levels[a]]).union(*below)
        return found

    def pick(self, a: int) -> dict[int, int] | None:
        """Values that make `a` true, the lowest first; None where nothing does. Variables left out do not matter."""
        if a == FALSE:
            return None
        found: dict[int, int] = {}
        while a != TRUE:
            value = next(value for value, child in enumerate(self._children[a]) if child != FALSE)
            found[self._levels[a]] = value
            a = self._children[a][value]
        return found

    def holds(self, a: int, assignment: Mapping[int, int]) -> bool:
        """Whether a function is true for some values; a variable that is left out has its first."""
        while a not in (FALSE, TRUE):
            a = self._children[a][assignment.get(self._levels[a], 0)]
        return a == TRUE

    def ways(self, a: int, levels: Sequence[int]) -> Iterator[dict[int, int]]:
        """Every way that the variables at `levels`, in order, have of making `a` true, the others being free."""
        rest = self.support(a) - set(levels)
        return self._ways(self.some(a, rest), levels, {})

    def _ways(self, a: int, levels: Sequence[int], chosen: dict[int, int]) -> Iterator[dict[int, int]]:
        if a == FALSE:
            return
        if not levels:
            yield dict(chosen)
            return
        for value in range(self.sizes[levels[0]]):
            chosen[levels[0]] = value
            yield from self._ways(self.at(a, levels[0], value), levels[1:], chosen)
        del chosen[levels[0]]

    def fix(self, a: int, values: Mapping[int, int]) -> int:
        """The function once some variables have their values."""
        return self._fix(a, values, {})

    def _fix(self, a: int, values: Mapping[int, int], done: dict[int, int]) -> int:
        if a in (FALSE, TRUE):
            return a
        if a not in done:
            level, children = self._levels[a], self._children[a]
            if level in values:
                done[a] = self._fix(children[values[level]], values, done)
            else:
                done[a] = self.node(level, tuple([self._fix(child, values, done) for child in children]))
        return done[a]

    def count(self, a: int, levels: Sequence[int]) -> int:
        """How many ways the variables at `levels`, in order, have of making `a` true; they include all it reads."""
        place = {level: number for number, level in enumerate(levels)}
        tails = [1] * (len(levels) + 1)
        for number in range(len(levels) - 1, -1, -1):
            tails[number] = tails[number + 1] * self.sizes[levels[number]]
        done: dict[int, int] = {}

        def ways(function: int, start: int) -> int:
            if function in (FALSE, TRUE):
                return tails[start] * function
            here = place[self._levels[function]]
            if function not in done:
                done[function] = sum(ways(child, here + 1) for child in self._children[function])
            return done[function] * (tails[start] // tails[here])

        return ways(a, 0)

    def values(self, a: int, level: int) -> frozenset[int]:
        """The values of one variable with which `a` can be true."""
        if a not in self._reached:
            self._reached[a] = self._reach(a)
        taken, skipped = self._reached[a]
        if a != FALSE and (level not in taken or any(above < level < below for above, below in skipped)):
            return frozenset(range(self.sizes[level]))
        return frozenset(taken.get(level, ()))

    def _reach(self, a: int) -> tuple[dict[int, set[int]], set[tuple[int, int]]]:
        """By variable, the values on some way to true; and where a way leaves out the variables between two levels,
        which then have any value. Every node but one that is false everywhere leads to true.
        """
        taken: dict[int, set[int]] = {}
        skipped: set[tuple[int, int]] = set()
        waiting, seen = [a], {a, FALSE, TRUE}
        while waiting:
            node = waiting.pop()
            if node in (FALSE, TRUE):
                continue
            level = self._levels[node]
            for value, child in enumerate(self._children[node]):
                if child != FALSE:
                    taken.setdefault(level, set()).add(value)
                    skipped.add((level, self._levels[child]))
                    if child not in seen:
                        seen.add(child)
                        waiting.append(child)
        return taken, skipped

    def __len__(self) -> int:
        """How many different functions were met."""
        return len(self._levels)
