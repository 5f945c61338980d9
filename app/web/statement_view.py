"""The accessibility statement as a view, computed from the last audit of what is running."""

from __future__ import annotations

from app.locale import format_date, messages
from app.pages import views
from app.pages.texts import TextRenderer
from app.web.evidence import Evidence, Page
from app.web.site import Site, site


def in_force(here: Site) -> Evidence | None:
    """The audit that says something of the running revision today."""
    found = here.audited
    if found is None or found.revision != here.revision or found.too_old(here.today()):
        return None
    return found


def named(here: Site) -> bool:
    """Whether somebody answers for this installation: without a name and a contact nothing is declared."""
    return bool(here.settings.operator and here.settings.contact)


def state_of(locale: str) -> str:
    """The few words that stand on every page: those of the law where somebody declares, or an audit measured all."""
    here, say = site(), messages(locale).gettext
    audited = in_force(here)
    if not named(here) and (audited is None or audited.rate is None):
        return say("non encore vérifiée") if audited is None else say("vérifiée en partie")
    if audited is None or audited.level == "none":
        return say("non conforme")
    return say("totalement conforme") if audited.level == "full" else say("partiellement conforme")


def accessibility_view(locale: str) -> views.AccessibilityView:
    here = site()
    contact, audited = here.settings.contact, in_force(here)
    older = here.audited if audited is None else None
    return views.AccessibilityView(
        state=state_of(locale),
        contacts=(views.Link(contact, f"mailto:{contact}" if "@" in contact else contact),) if contact else (),
        organisation=here.settings.operator or None,
        plan_url=here.settings.accessibility_plan or None,
        declared=named(here),
        audit=_audit(audited, locale) if audited else None,
        older=format_date(older.at.astimezone(here.settings.zone).date(), locale) if older else None,
        expired=older is not None and older.revision == here.revision,
    )


def _audit(found: Evidence, locale: str) -> views.AuditShown:
    return views.AuditShown(
        day=format_date(found.at.astimezone(site().settings.zone).date(), locale),
        reference=found.reference,
        states=found.states,
        level=found.level,
        rate=found.rate,
        met=len(found.of("C")),
        apart=len(found.of("NA")),
        wrong=tuple((one.number, one.title) for one in found.of("NC")),
        untested=tuple((one.number, one.title) for one in found.of("NT")),
        tools=found.tools,
        testers=tuple((one.role, one.using) for one in found.testers),
        pages=_pages(found.pages, locale),
    )


def _pages(pages: tuple[Page, ...], locale: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The titles of the pages that were verified, by procedure; those around the procedures first."""
    current, found = site().published.current, dict[str, list[str]]()
    for page in sorted(pages, key=lambda one: one.procedure):
        procedure = current.get(page.procedure)
        name = TextRenderer(procedure, locale).inline(procedure.title) if procedure else ""
        found.setdefault(name, []).append(page.title)
    return tuple((name, tuple(titles)) for name, titles in found.items())
