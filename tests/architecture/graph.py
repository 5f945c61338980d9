"""The imports of the application, read from its text: nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ROOMS = (
    "kinds", "spec", "journey", "verify", "locale", "fields", "pages", "store", "paper", "web", "preview", "audit",
    "top",
)  # fmt: skip
"""From the pure core outwards: a module imports from its own room and the rooms before it. `top` is app/*.py."""

OWNERS: dict[str, str] = {
    "phonenumbers": "kinds",
    "yaml": "spec",
    "babel": "locale",
    "flask_babel": "locale",
    "wtforms": "fields",
    "jinja2": "pages",
    "brotli": "pages",
    "isal": "web",
    "markdown_it": "pages",
    "nh3": "pages",
    "sqlalchemy": "store",
    "obstore": "store",
    "alembic": "store",
    "cryptography": "store",
    "psycopg": "store",
    "typst": "paper",
    "pikepdf": "paper",
    "PIL": "paper",
    "pi_heif": "paper",
    "selenium": "audit",
    "axe_selenium_python": "audit",
    "flask": "web",
    "werkzeug": "web",
    "granian": "web",
    "htmx_flask": "web",
}
"""The one room that imports each library."""

EXCEPTIONS = {
    ("app.locale.flask", "flask"): "Flask-Babel asks for the language of the request",
    ("app.pages.assets", "werkzeug"): "reads the header that says which compressions a browser takes",
    ("app.preview.pages", "flask"): "adds its pages to the application of the service",
    ("app.preview.pages", "werkzeug"): "asks whether an address is one of the service",
    ("app.preview.command", "flask"): "serves the application of the service to one author",
    ("app.preview.command", "werkzeug"): "serves it on loopback, in the process that watches the files",
    ("app.audit.installation", "werkzeug"): "serves the states to the browser that looks at them, on loopback",
}

PURE_ROOMS = {"kinds", "spec", "journey", "verify"}
IMPURE = {"flask", "wtforms", "jinja2", "babel", "flask_babel", "sqlalchemy", "werkzeug", "markupsafe", "selenium"}


def sources(root: Path = ROOT) -> dict[str, str]:
    """Module name to text, of everything in app/."""
    found: dict[str, str] = {}
    for path in sorted((root / "app").rglob("*.py")):
        parts = list(path.relative_to(root).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text(encoding="utf-8")
    return found


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "top"


def imports(modules: Mapping[str, str]) -> dict[str, set[str]]:
    """Each module's imports, by full name; those inside functions too, those for type checkers only left out."""
    return {name: set(_imported(ast.parse(text), modules)) for name, text in modules.items()}


def _imported(node: ast.AST, modules: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        for other in node.orelse:
            yield from _imported(other, modules)
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        if node.level:
            yield f"relative import of {node.module}"
            return
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if full in modules else str(node.module)
    for child in ast.iter_child_nodes(node):
        yield from _imported(child, modules)


def upward(graph: Mapping[str, set[str]]) -> list[str]:
    """Imports of a later room, in words."""
    return [
        f"{module} imports {target}: {room(module)} may not know {room(target)}"
        for module, targets in graph.items()
        for target in sorted(targets)
        if target.split(".")[0] == "app" and ROOMS.index(room(target)) > ROOMS.index(room(module))
    ]


def relative(graph: Mapping[str, set[str]]) -> list[str]:
    return [f"{module}: {target}" for module, targets in graph.items() for target in targets if " " in target]


def misowned(graph: Mapping[str, set[str]]) -> list[str]:
    """Imports of a library outside the room that owns it."""
    return [
        f"{module} imports {library}, which only {owner} may"
        for module, targets in graph.items()
        for library in sorted({target.split(".")[0] for target in targets})
        if (owner := OWNERS.get(library)) and room(module) != owner and (module, library) not in EXCEPTIONS
    ]


def impure(graph: Mapping[str, set[str]]) -> list[str]:
    return [
        f"{module} imports {library}: {room(module)} is pure"
        for module, targets in graph.items()
        if room(module) in PURE_ROOMS
        for library in sorted({target.split(".")[0] for target in targets} & IMPURE)
    ]


def cycles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import each other, directly or around (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for target in sorted(graph[module] & graph.keys()):
            if target not in order:
                visit(target)
                low[module] = min(low[module], low[target])
            elif target in stack:
                low[module] = min(low[module], order[target])
        if low[module] == order[module]:
            start = stack.index(module)
            group = stack[start:]
            del stack[start:]
            if len(group) > 1 or module in graph[module]:
                found.append(sorted(group))

    for module in graph:
        if module not in order:
            visit(module)
    return found
