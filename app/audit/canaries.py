"""Pages with one planted fault each, looked at in every run: an instrument that does not find its own says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.audit import markup
from app.audit.browser import Browser
from app.audit.findings import Finding
from app.audit.markup import Markup
from app.audit.oracles import findings_of
from app.audit.stage import audit_states, show
from app.audit.states import Asked, State
from app.audit.view import view_of
from app.spec.model import Choice, Field, Text

_FIELDS = (
    Field("birth_name", "name", Text("Votre nom"), hint=Text("Comme sur le papier."), example="Diallo"),
    Field("side", "radios", Text("Votre choix"), choices=(Choice("a", Text("Un")), Choice("b", Text("Deux")))),
    Field("helper", "name", Text("Qui vous aide"), required=False, subject="other"),
)
_ASKED = Asked(_FIELDS, {"birth_name": "required"}, {"birth_name": "« Votre nom » : écrivez une réponse."})
CLEAN = """<!doctype html><html lang="fr" dir="ltr"><head><title>Erreur : Vous et votre nom</title></head><body>
<a class="skip" href="#main">Aller au contenu</a>
<header><div class="wrap"><a class="brand" href="/fr/">Guichet</a></div></header>
<main id="main">
<div class="errors" id="errors" role="group" tabindex="-1" aria-labelledby="errors-title"><div role="alert">
<h2 id="errors-title">Il y a un problème</h2>
<ul><li><a href="#birth_name">« Votre nom » : écrivez une réponse.</a></li></ul></div></div>
<h1 tabindex="-1">Vous et votre nom</h1>
<form method="post" action="/fr/x/">
<div class="field bad" id="birth_name-question"><label class="label" for="birth_name">Votre nom</label>
<p class="hint" id="birth_name-hint">Comme sur le papier. Par exemple : <bdi>Diallo</bdi></p>
<p class="error" id="birth_name-error">Erreur : « Votre nom » : écrivez une réponse.</p>
<input type="text" id="birth_name" name="birth_name" value="" aria-describedby="birth_name-hint birth_name-error"
 aria-required="true" aria-invalid="true" autocomplete="family-name"></div>
<fieldset class="field" id="side-question" role="radiogroup" aria-required="true"><legend>Votre choix</legend>
<div class="choices">
<label class="choice" for="side"><input type="radio" id="side" name="side" value="a"> <span>Un</span></label>
<label class="choice" for="side-b"><input type="radio" id="side-b" name="side" value="b"> <span>Deux</span></label>
</div></fieldset>
<div class="field" id="helper-question">
<label class="label" for="helper">Qui vous aide <span class="optional">(facultatif)</span></label>
<input type="text" id="helper" name="helper" value=""></div>
<div class="buttons"><button name="action" value="continue">Continuer</button></div>
</form>
<p><a class="button" href="/fr/help">Aide</a></p>
</main>
<div id="alert" role="alert"></div><div id="status" role="status"></div>
<footer><div class="wrap"><nav aria-label="Aide et informations"><ul>
<li><a href="/fr/help">Aide et contacts</a></li></ul></nav></div></footer></body></html>
"""


@dataclass(frozen=True, slots=True)
class Canary:
    """A fault: `spoil` plants it into the clean page; `rule` of `engine` must find it."""

    engine: str
    rule: str
    spoil: Callable[[str], str]


def _without(*texts: str) -> Callable[[str], str]:
    def spoil(html: str) -> str:
        for text in texts:
            html = html.replace(text, "")
        return html

    return spoil


def _instead(old: str, new: str) -> Callable[[str], str]:
    return lambda html: html.replace(old, new, 1)


def _added(html: str) -> Callable[[str], str]:
    return _instead("</h1>", f"</h1>{html}")


def _later(html: str) -> str:
    """The first question after the others."""
    first = html[html.index('<div class="field bad"') : html.index('<fieldset class="field"')]
    return html.replace(first, "").replace('<div class="buttons">', f'{first}<div class="buttons">')


CANARIES: tuple[Canary, ...] = (
    Canary("model", "name", _instead("Votre nom</label>", "Nom</label>")),
    Canary("model", "name", _without('<label class="label" for="birth_name">Votre nom</label>')),
    Canary("model", "description", _instead('"birth_name-hint birth_name-error"', '"birth_name-error"')),
    Canary("model", "description", _instead('"birth_name-hint birth_name-error"', '"birth_name-hint"')),
    Canary("model", "required", _instead(' aria-required="true" aria-invalid', " aria-invalid")),
    Canary("model", "required", _without(' <span class="optional">(facultatif)</span>')),
    Canary("model", "invalid", _without(' aria-invalid="true"')),
    Canary("model", "group", _without("<legend>Votre choix</legend>")),
    Canary("model", "message", _instead("Erreur : « Votre nom »", "« Votre nom »")),
    Canary("model", "message", _instead('<p class="error"', '<p hidden class="error"')),
    Canary("model", "autocomplete", _without(' autocomplete="family-name"')),
    Canary("model", "autocomplete", _instead('name="helper"', 'name="helper" autocomplete="name"')),
    Canary("model", "order-of-questions", _later),
    Canary("model", "summary", _instead('href="#birth_name"', 'href="#birth_name-question"')),
    Canary("model", "summary", _instead('role="group" tabindex="-1"', 'role="group"')),
    Canary("model", "summary", _instead('role="alert">\n<h2', ">\n<h2")),
    Canary("model", "title", _instead("<title>Erreur : ", "<title>")),
    Canary("model", "headings", _instead("</h1>", "</h1><h4>Trop bas</h4>")),
    Canary("model", "landmarks", _without(' aria-label="Aide et informations"')),
    Canary("model", "skip-link", _instead('href="#main"', 'href="#content"')),
    Canary("model", "language", _instead('lang="fr"', 'lang="en"')),
    Canary("model", "references", _added('<p id="birth_name">deux fois</p>')),
    Canary("model", "keyboard-order", _added('<a class="button" href="/" tabindex="3">Suite</a>')),
    Canary("model", "live-regions", _without('<div id="status" role="status"></div>')),
    Canary("model", "unique-names", _added('<a class="button" href="/fr/other">Aide</a>')),
    Canary("model", "target-size", _added('<p><a href="/fr/y">i</a></p>')),
    Canary("model", "new-window", _added('<a class="button" href="/" target="_blank">Suite</a>')),
    Canary("model", "submit", _added("<form><label>Tri <select><option>a</option></select></label></form>")),
    Canary("model", "time-limit", _added('<meta http-equiv="refresh" content="99999">')),
    Canary("model", "zoom", _added('<meta name="viewport" content="user-scalable=no">')),
    Canary("model", "images", _added('<img src="/static/x.png">')),
    Canary("model", "presentation", _added('<p align="center">Au milieu</p>')),
    Canary("model", "absent", _added("<table><tr><td>a</td></tr></table>")),
    Canary("axe", "label", _without('<label class="label" for="birth_name">Votre nom</label>')),
    Canary("axe", "color-contrast", _added('<p><font color="#cccccc">pâle</font></p>')),
    Canary("axe", "heading-order", _instead("</h1>", "</h1><h4>Trop bas</h4>")),
    Canary("html-validate", "close-order", _without("</fieldset>")),
    Canary("html-validate", "no-dup-attr", _instead('id="helper"', 'id="helper" id="helper"')),
    Canary("html-validate", "element-permitted-content", _added("<p><span><div>Un</div></span></p>")),
)


def _state(name: str, html: str) -> State:
    return State(name, "step", "/fr/x/", 422, html, "fr", "prepare", date(2026, 11, 24), "x", _ASKED)


def missed(browser: Browser, reader: Markup, canaries: tuple[Canary, ...] = CANARIES) -> list[str]:
    """The canaries that their instrument did not find, and what was found where nothing is wrong; nothing of either
    when all instruments see.
    """
    clean = _state("canary", CLEAN)
    found = [f"sans faute, et pourtant : {finding}" for finding in _looked(browser, reader, clean)]
    for canary in canaries:
        html = canary.spoil(CLEAN)
        rules = {(one.engine, one.rule) for one in _looked(browser, reader, _state("canary", html), canary.engine)}
        if html == CLEAN or (canary.engine, canary.rule) not in rules:
            found.append(f"{canary.engine} {canary.rule} : une faute posée exprès n'a pas été trouvée")
    return found


def _looked(browser: Browser, reader: Markup, state: State, engine: str = "") -> list[Finding]:
    found: list[Finding] = []
    if engine in ("", "model"):
        show(browser, state)
        found += findings_of(view_of(browser, state))
    if engine in ("", "axe"):
        found += [finding for _, report in audit_states(browser, [state]) for finding in report.findings]
    if engine in ("", markup.NAME):
        found += reader.findings(state.name, state.html, state.path)
    return found
