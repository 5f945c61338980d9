"""Files and functions fit in the head; every function says its types."""

from __future__ import annotations

from itertools import chain

from tests.architecture import sizes
from tests.architecture.sizes import files

APP = list(files("app", "*.py"))
TESTS = [*files("tests", "*.py"), *files("bench", "*.py")]
TEMPLATES = list(files("templates", "*.html"))


def test_application_files_and_functions() -> None:
    assert APP
    assert list(chain(*(sizes.too_long(path, text, sizes.APP_FILE) for path, text in APP))) == []
    assert list(chain(*(sizes.long_functions(path, text, sizes.APP_FUNCTION) for path, text in APP))) == []


def test_test_files_and_functions() -> None:
    assert list(chain(*(sizes.too_long(path, text, sizes.TEST_FILE) for path, text in TESTS))) == []
    assert list(chain(*(sizes.long_functions(path, text, sizes.TEST_FUNCTION) for path, text in TESTS))) == []


def test_templates() -> None:
    assert TEMPLATES
    assert list(chain(*(sizes.too_long(path, text, sizes.TEMPLATE) for path, text in TEMPLATES))) == []


def test_every_function_says_its_types() -> None:
    assert list(chain(*(sizes.unannotated(path, text) for path, text in APP + TESTS))) == []


def test_what_is_too_long_is_found() -> None:
    assert sizes.too_long("a.py", "x\n" * 401, 400) == ["a.py: 401 lines, 400 are allowed"]
    assert sizes.too_long("a.py", "x\n" * 400, 400) == []
    body = "def f() -> None:\n" + "    x()\n" * 50
    assert sizes.long_functions("a.py", body, 50) == ["a.py:1 f: 51 lines, 50 are allowed"]
    assert sizes.long_functions("a.py", body, 51) == []


def test_what_is_unsaid_is_found() -> None:
    assert sizes.unannotated("a.py", "def f(a: int, *b) -> None: ...") == ["a.py:1 f: no type for b"]
    assert sizes.unannotated("a.py", "class A:\n    def f(self): ...") == ["a.py:2 f: no type for the result"]
    assert sizes.unannotated("a.py", "class A:\n    def f(self, a: int) -> None: ...") == []
