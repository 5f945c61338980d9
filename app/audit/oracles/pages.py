"""The page around the questions: errors listed, title, headings, landmarks, language, links and what to touch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.audit.criteria import reference
from app.audit.findings import Finding
from app.audit.view import View, plain
from app.locale import messages
from app.locale.languages import dir_of

WCAG_TARGET, OUR_TARGET = 24, 44
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _mark(view: View) -> str:
    return plain(messages(view.state.locale).gettext("Erreur :")).rstrip(": ")


def summary(view: View) -> Iterator[Finding]:
    """Every error is listed first, in the same words as beside its question, with a link to a control of it."""
    found, asked = view.page["summary"], view.state.asked
    codes = asked.codes if asked else {}
    if found is None:
        if view.state.status == 422 or codes:
            yield view.finding("summary", "main", "la page ne liste pas ses erreurs.", "11.10", "7.5")
        return
    if not found["focusable"] or not found["titled"] or not found["heading"]:
        yield view.finding(
            "summary", found, "la liste des erreurs ne peut pas recevoir le focus avec son titre.", "7.1"
        )
    if not found["alert"]:
        yield view.finding("summary", found, "la liste des erreurs n'est pas annoncée (role=alert).", "7.5")
    for row in found["rows"]:
        if not row["ok"]:
            why = f"« {row['text']} » : le lien ne mène pas à un champ."
            yield view.finding("summary", found, why, "11.10", "6.1")
    prefix = plain(messages(view.state.locale).gettext("Erreur :"))
    for id_ in codes:
        beside = next((one for one in view.page["texts"] if one["id"] == f"{id_}-error"), None)
        rows = [row for row in found["rows"] if row["question"] == f"{id_}-question"]
        if len(rows) != 1:
            why = f"{len(rows)} lignes de la liste mènent à la question « {id_} »."
            yield view.finding("summary", found, why, "11.10")
        elif beside is not None and plain(rows[0]["text"]) != plain(beside["text"]).removeprefix(prefix).strip():
            why = f"« {rows[0]['text']} » n'est pas ce qui est écrit près du champ : « {beside['text']} »."
            yield view.finding("summary", found, why, "11.10")
    if codes and [row["question"].removesuffix("-question") for row in found["rows"]] != [
        field.id for field in (asked.fields if asked else ()) if field.id in codes
    ]:
        yield view.finding("summary", found, "les erreurs ne sont pas dans l'ordre des questions.", "12.8")


def title(view: View) -> Iterator[Finding]:
    """The title of the page says which page it is, and first that it has errors."""
    said, mark = view.page["title"], _mark(view)
    if not said:
        yield view.finding("title", "title", "la page n'a pas de titre.", "8.5")
        return
    if said.startswith(mark) != (view.page["summary"] is not None):
        yield view.finding("title", "title", f"le titre « {said} » ne dit pas s'il y a une erreur.", "8.6")
    firsts = [one["text"] for one in view.page["headings"] if one["level"] == 1]
    if firsts and view.state.sort not in ("remove", "list") and not _told_by(firsts[0], said):
        yield view.finding("title", "title", f"le titre « {said} » n'est pas celui de la page « {firsts[0]} ».", "8.6")


def _told_by(heading: str, title: str) -> bool:
    """Whether a title names the page: by the first words of its heading, which may hold what a person typed."""
    words = [word for word in re.findall(r"\w+", heading.casefold()) if len(word) > 3][:3]
    return not words or any(word in title.casefold() for word in words)


def headings(view: View) -> Iterator[Finding]:
    """One first heading, no level skipped, none empty."""
    found = view.page["headings"]
    if sum(one["level"] == 1 for one in found) != 1:
        yield view.finding("headings", "main", "la page n'a pas un seul titre de niveau 1.", "9.1")
    before = 0
    for one in found:
        # The list of errors stands above the title of the page, by its own heading.
        if one["target"] == "#errors-title":
            continue
        if before and one["level"] > before + 1:
            yield view.finding("headings", one, f"« {one['text']} » saute un niveau de titre.", "9.1")
        if not one["text"]:
            yield view.finding("headings", one, "un titre est vide.", "9.1")
        before = one["level"]


def landmarks(view: View) -> Iterator[Finding]:
    """One header, one main part, one footer; menus have names that differ."""
    page = view.page
    for tag, count in (("main", page["mains"]), ("header", page["banners"]), ("footer", page["infos"])):
        if count != 1 and not (view.state.status == 500 and tag != "main"):
            yield view.finding("landmarks", tag, f"la page a {count} éléments {tag}.", "9.2", "12.6")
    names = [one["name"] for one in page["navs"]]
    for one in page["navs"]:
        if not one["name"] or names.count(one["name"]) > 1:
            yield view.finding("landmarks", one, "un menu n'a pas de nom à lui.", "9.2")


def skip_link(view: View) -> Iterator[Finding]:
    """The first stop of the keyboard leads to the content."""
    if not view.page["skip"]["ok"]:
        yield view.finding("skip-link", view.page["skip"], "le premier lien ne mène pas au contenu.", "12.7")


def language(view: View) -> Iterator[Finding]:
    """The page says its language and its direction; a part in another language says that one."""
    page, locale = view.page, view.state.locale
    if page["lang"] != locale:
        yield view.finding("language", "html", f'lang="{page["lang"]}", et la page est en « {locale} ».', "8.3", "8.4")
    if page["dir"] != dir_of(locale):
        yield view.finding("language", "html", f'dir="{page["dir"]}" n\'est pas le sens de « {locale} ».', "8.10")
    for part in page["languages"]:
        if not _LANGUAGE.fullmatch(part["lang"]):
            yield view.finding("language", part, f'lang="{part["lang"]}" n\'est pas une langue.', "8.8")


def references(view: View) -> Iterator[Finding]:
    """An id stands once, and whatever names an id finds it."""
    for id_ in view.page["twice"]:
        yield view.finding("references", f"#{id_}", f"l'identifiant « {id_} » est là deux fois.", "8.2")
    for one in view.page["loose"]:
        yield view.finding("references", one, f"« {one['id']} » n'existe pas sur la page.", "8.2", "11.1")


def keyboard_order(view: View) -> Iterator[Finding]:
    """The keyboard follows the page: nothing jumps the queue, nothing is left out, no key is taken."""
    for one in view.page["tabbed"]:
        yield view.finding("keyboard-order", one, "tabindex change l'ordre du clavier.", "12.8")
    for one in view.page["order"]:
        yield view.finding("keyboard-order", one, "l'ordre à l'écran n'est pas celui de la page.", "12.8", "10.3")
    for one in view.page["unreachable"]:
        yield view.finding("keyboard-order", one, "le clavier ne peut pas y aller.", "7.3", "12.8")
    for one in view.page["keyed"]:
        yield view.finding("keyboard-order", one, "accesskey prend une touche au lecteur d'écran.", "12.10")


def live_regions(view: View) -> Iterator[Finding]:
    """What happens without a new page is announced: both regions are there before anything happens."""
    # The page that is printed when nothing else can be has no script, so nothing to announce.
    for region in view.page["regions"]:
        if region["role"] != region["id"] or region["hidden"]:
            why = f"la zone d'annonce « {region['id']} » manque, ou ne peut rien annoncer."
            yield view.finding("live-regions", f"#{region['id']}", why, "7.5", "7.1")


def unique_names(view: View) -> Iterator[Finding]:
    """Two links or buttons that lead to different places do not bear the same words."""
    seen: dict[tuple[str, str], str] = {}
    for one in view.page["actions"]:
        called = one["aria"] or one["text"]
        goal = seen.setdefault((one["tag"], called), one["goal"])
        if not called:
            yield view.finding("unique-names", one, "un lien ou un bouton n'a pas de mots.", "6.2", "11.9")
        elif goal != one["goal"]:
            yield view.finding("unique-names", one, f"« {called} » mène à deux endroits.", "6.1")


def target_size(view: View) -> Iterator[Finding]:
    """What is touched is 24 px high and wide by WCAG (2.5.8), 44 px by our own rule."""
    for one in view.page["small"]:
        size = f"{one['width']} × {one['height']} px"
        least = WCAG_TARGET if min(one["width"], one["height"]) < WCAG_TARGET else OUR_TARGET
        yield view.finding("target-size", one, f"« {one['words']} » : {size}, il en faut {least}.")


def new_window(view: View) -> Iterator[Finding]:
    """No link opens another window."""
    for one in view.page["opening"]:
        yield view.finding("new-window", one, "le lien ouvre une autre fenêtre.", "13.2")


def submit(view: View) -> Iterator[Finding]:
    """Nothing is sent by a choice alone: every form has a button."""
    for one in view.page["submits"]:
        yield view.finding("submit", one, "le formulaire n'a pas de bouton.", "7.4", "11.9")


def time_limit(view: View) -> Iterator[Finding]:
    """No page goes away by itself, and nothing moves without an end."""
    for one in view.page["refresh"]:
        yield view.finding("time-limit", one, "la page se recharge d'elle-même.", "13.1")
    for one in view.page["moving"]:
        yield view.finding("time-limit", one, "un élément bouge sans fin.", "13.8")


def zoom(view: View) -> Iterator[Finding]:
    """Nobody is kept from enlarging the page."""
    for one in view.page["zoomless"]:
        yield view.finding("zoom", one, "la page interdit de zoomer.", "10.4")


def images(view: View) -> Iterator[Finding]:
    """An image has an alternative, or says that it is a decoration."""
    for one in view.page["images"]:
        if one["alt"] is None and not one["hidden"] and not one["named"]:
            yield view.finding("images", one, "une image n'a pas d'alternative.", "1.1", "1.2")


def presentation(view: View) -> Iterator[Finding]:
    """What a page looks like is said in its style alone."""
    for one in view.page["dressed"]:
        yield view.finding(
            "presentation", one, "la présentation est dans la page, pas dans la feuille de style.", "10.1"
        )


def absent(view: View) -> Iterator[Finding]:
    """What Guichet never uses is not there: else criteria of the RGAA that do not apply would."""
    never = reference().absent
    for number, found in view.page["applies"].items():
        for one in found if number in never else ():
            why = f"cet élément rend le critère {number} applicable : il faut une personne pour l'examiner."
            yield view.finding("absent", one, why, number, outcome="unsure")
