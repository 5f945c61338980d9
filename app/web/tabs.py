"""What a page is called in tabs and in the browser's history: nothing there may come from what a person typed.

On a shared phone both outlive the visit. An answer in a heading is left out ("…"), an item is told by its place.
"""

from __future__ import annotations

import re

from flask import g
from markupsafe import Markup

from app.pages.texts import EMPTY, TextRenderer
from app.spec.model import Text
from app.web.opendraft import OpenDraft


def tab_title(opened: OpenDraft, heading: Text, shown: Markup | None = None) -> str:
    """An author's heading for `<title>`, as it stands for everybody: without answers and what is derived from them.

    `shown` is the heading as the page shows it, where that was made already.
    """
    if shown is not None and "{" not in heading.source:
        return shown.striptags()
    words = TextRenderer(opened.procedure, g.locale, today=opened.today).inline(heading).striptags()
    # "Last day: …" is whole without what follows its colon.
    return re.sub(rf"\s*[:：]\s*{EMPTY}$", "", words)
