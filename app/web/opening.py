"""Whether a procedure may be begun today, and the words where it may not. Who began before goes on."""

from __future__ import annotations

from app.locale import format_date, messages
from app.pages import views
from app.pages.texts import TextRenderer
from app.spec.model import Procedure, Suspended
from app.web.site import site


def suspended(procedure: Procedure) -> Suspended | None:
    """Why it is closed; None as long as it is not."""
    found = procedure.suspended
    return found if found is not None and found.since <= site().today() else None


def may_begin(procedure: Procedure) -> bool:
    """Whether it is not suspended, and today lies between its first and its last day, both included."""
    today = site().today()
    begins = procedure.valid_from is None or procedure.valid_from <= today
    return begins and suspended(procedure) is None and (procedure.valid_until is None or today <= procedure.valid_until)


def closed_notice(procedure: Procedure, locale: str) -> views.Notice | None:
    """Why nobody can begin today, with a title of its own; None where one can. The author's words come first."""
    if (closed := suspended(procedure)) is not None:
        texts = TextRenderer(procedure, locale)
        return views.Notice("warning", texts.block(closed.body), texts.plain(closed.title))
    say = messages(locale).gettext
    today = site().today()
    goes_on = say("Si vous avez déjà commencé, vous pouvez continuer. Les contacts sont plus bas.")
    if procedure.valid_from is not None and today < procedure.valid_from:
        title = say("Vous ne pouvez pas encore commencer")
        body = say("Vous pourrez commencer à partir du {day}.").format(day=format_date(procedure.valid_from, locale))
    elif procedure.valid_until is not None and procedure.valid_until < today:
        title = say("Vous ne pouvez plus commencer")
        body = say("Le dernier jour pour commencer était le {day}.").format(
            day=format_date(procedure.valid_until, locale)
        )
    else:
        return None
    return views.Notice("warning", f"{body} {goes_on}", title)


def last_day(procedure: Procedure, locale: str) -> str | None:
    """Until when one may begin, while one still can; None where no day is given."""
    if procedure.valid_until is None or not may_begin(procedure):
        return None
    say = messages(locale).gettext
    return say("Dernier jour pour commencer : {day}.").format(day=format_date(procedure.valid_until, locale))
