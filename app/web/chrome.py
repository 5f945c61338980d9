"""The frame of a page: language, links that stand on every page, tokens, what has changed."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from flask import g, request

from app.locale import SOURCE, available, dir_of, unmarked
from app.pages import translated
from app.pages.texts import TextRenderer
from app.pages.views import AssetUrls, ChangeNotice, Chrome, LanguageLink
from app.spec.model import Procedure
from app.web import address, visitor
from app.web.change_notice import change_notice
from app.web.opendraft import OpenDraft
from app.web.site import Site, site
from app.web.statement_view import state_of
from app.web.urls import url_to

QUICK_EXIT = "https://www.meteo-france.com/"
"""An everyday site: what another person would see on the screen after a quick exit from a private step."""


_SHOWN = {"documents.upload": "documents.documents", "finish.filed": "finish.receipt"}
"""Forms with an address of their own that show a page again: where that page is."""


def chrome_for(*, opened: OpenDraft | None, said: str | None, status: int) -> Chrome:
    """The frame of the page that answers the present request. `said` is announced once, `status` tells a failure."""
    installation = site()
    locale = str(g.locale)
    procedure = opened.procedure if opened else _procedure_of_address(installation)
    holder = opened.token if opened else visitor.visit()
    return replace(
        _for_everybody(installation, procedure, locale),
        assets=_assets(installation, opened),
        place=_place(locale, opened),
        public=opened is None and status < 400,
        csrf_token=installation.signer.csrf(holder),
        leave_url=opened.url("phones.leave") if opened else None,
        documents_url=_documents_url(opened),
        check_url=opened.url("finish.check") if opened and not opened.record.frozen else None,
        quick_exit_url=QUICK_EXIT if g.get("private") else None,
        accessibility_state=state_of(locale),
        said=said,
        notice=_notice(opened, locale),
        error=status >= 400,
    )


MOST_FRAMES = 2_000


def _for_everybody(installation: Site, procedure: Procedure | None, locale: str) -> Chrome:
    """What the frames of a procedure have in common in one language, made once: a page shows it to everybody."""
    key = procedure.sha256 if procedure else "", locale
    frame = installation.frames.get(key)
    if frame is None:
        if len(installation.frames) >= MOST_FRAMES:
            installation.frames.pop(next(iter(installation.frames)), None)
        frame = installation.frames[key] = _frame(installation, procedure, locale)
    return frame


def _frame(installation: Site, procedure: Procedure | None, locale: str) -> Chrome:
    start = _start_url(installation, procedure, locale)
    help_url = url_to("public.help_page", locale=locale)
    return Chrome(
        locale=locale,
        dir=dir_of(locale),
        home_url=url_to("public.catalogue", locale=locale),
        help_url=help_url,
        accessibility_url=url_to("public.accessibility", locale=locale),
        assets=installation.assets.page_urls,
        mode=installation.settings.mode,
        service=installation.settings.operator or "Guichet",
        procedure=unmarked(TextRenderer(procedure, locale).plain(procedure.title)) if procedure else None,
        procedure_url=start,
        languages=_languages(locale),
        unreviewed=locale != SOURCE and translated.unreviewed(procedure, locale),
        partial=translated.partial(procedure, locale),
        paper_url=f"{help_url}#papier" if start is None else f"{start}#autrement",
        paper_of_one=start is not None,
    )


def _assets(installation: Site, opened: OpenDraft | None) -> AssetUrls:
    if opened is None:
        return installation.assets.arrival_urls
    # Who has begun has something to lose without network; whoever only looks need not pay for what is kept.
    return installation.assets.draft_urls if installation.settings.offline else installation.assets.page_urls


def _procedure_of_address(installation: Site) -> Procedure | None:
    return installation.published.current.get(address.part("slug"))


def _start_url(installation: Site, procedure: Procedure | None, locale: str) -> str | None:
    """The start page of a procedure; None for one that is no longer served."""
    if procedure is None or procedure.slug not in installation.published.current:
        return None
    return url_to("public.start", locale=locale, slug=procedure.slug)


def _documents_url(opened: OpenDraft | None) -> str | None:
    if opened is None or not opened.journey.complete or not opened.documents_now:
        return None
    return opened.url("documents.documents") if opened.editable else None


def _languages(locale: str) -> tuple[LanguageLink, ...]:
    """Every language of the service, where there are two."""
    languages = available()
    if len(languages) < 2:
        return ()
    return tuple(
        LanguageLink(
            language.code,
            language.name,
            language.dir,
            "" if language.code == locale else f"/{language.code}/",
            language.code == locale,
        )
        for language in languages
    )


def _place(locale: str, opened: OpenDraft | None) -> str:
    """What follows the language in the address of this page: the same in each of them. Nothing typed is lost, since
    what was saved is kept by address, not by language.
    """
    shown = _SHOWN.get(request.endpoint or "") if opened and not address.went_on() else None
    path = opened.url(shown) if opened and shown else address.path()
    spoken, _, rest = path.removeprefix("/").partition("/")
    # An address that is in no language (`/static/…`, one mistyped) has no twin: the catalogue, then.
    if spoken != locale and all(spoken != language.code for language in available()):
        return ""
    return quote(rest) + ("?return=check" if address.query("return") == "check" else "")


def _notice(opened: OpenDraft | None, locale: str) -> ChangeNotice | None:
    if opened is None or "notice" not in opened.data:
        return None
    return change_notice(opened, opened.data["notice"], locale)
