"""Text in another language than its page: what has no translation yet, or lost it because the French changed.

It travels through views as plain text between three signs that no author and no translator may write. Where a page
leaves, they become an element with its own `lang` and `dir`; where elements cannot stand (attributes, `<title>`,
`<option>`), and on papers, they go.
"""

from __future__ import annotations

import re

from app.locale.languages import dir_of

_OPEN, _NAMED, _CLOSE = "\ue010", "\ue011", "\ue012"
_BEGIN = re.compile(f"{_OPEN}([^{_NAMED}]*){_NAMED}")
_SIGNS = re.compile(f"{_OPEN}[^{_NAMED}]*{_NAMED}|{_CLOSE}")
_NO_ELEMENT = re.compile(r"(<title>.*?</title>|<option\b.*?</option>|<textarea\b.*?</textarea>|<[^>]*>)", re.DOTALL)


def foreign(text: str, language: str) -> str:
    """`text`, marked as written in `language`."""
    return f"{_OPEN}{language}{_NAMED}{text}{_CLOSE}"


def unmarked(text: str) -> str:
    """`text` without the marks."""
    return _SIGNS.sub("", text) if _OPEN in text else text


def marked_up(html: str) -> str:
    """A page whose marked texts are elements."""
    if _OPEN not in html:
        return html
    parts = _NO_ELEMENT.split(html)
    return "".join(unmarked(part) if place % 2 else _elements(part) for place, part in enumerate(parts))


def _elements(text: str) -> str:
    opened = _BEGIN.sub(lambda found: f'<span lang="{found[1]}" dir="{dir_of(found[1])}">', text)
    return opened.replace(_CLOSE, "</span>")
