"""Faults of accessibility planted in our own templates, style, scripts and procedures, each with what must find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

QUESTION, PAGE, BASE = "templates/parts/question.html", "templates/parts/page.html", "templates/layouts/base.html"
STEP, LIST, TITLE = "templates/pages/step.html", "templates/pages/list.html", "templates/partials/title.html"
MAIN, STATUS = "templates/partials/main.html", "templates/partials/status.html"
STYLE, SCRIPT = "static/css/guichet.css", "static/js/guichet.js"
NEEDED = '{% if c.required %} aria-required="true"{% endif %}'
WRONG = '{% if c.error %} aria-invalid="true"{% endif %}{% if c.width %}'
OPTIONAL = '{% if c.optional %} <span class="optional">{{ _("(facultatif)") }}</span>{% endif %}'
REMOVE = '{{ _("Supprimer") }}<span class="vh">{{ _(" :") }} {{ item.label }}</span>'
CAUGHT = """document.addEventListener('keydown', function (e) {
  if (e.key === 'Tab' && e.target.name === 'action') { e.preventDefault(); }
});"""
AT_ONCE = """document.addEventListener('mousedown', function (e) {
  var form = e.target.closest('form');
  if (form) form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
});"""
CONTINUE = '<button name="action" value="continue">'
END = "</h1>\n{% endif %}"


@dataclass(frozen=True)
class Mutant:
    """`old` becomes `new` in `file`; without `old`, `new` is added at its end. One of `rules` must find it."""

    name: str
    file: str
    old: str
    new: str
    rules: tuple[str, ...]
    more: tuple[tuple[str, str], ...] = ()
    """Other replacements in the same file."""

    def plant(self, text: str) -> str:
        """The text with the fault. Raises ValueError where there is no place for it."""
        for old, new in ((self.old, self.new), *self.more):
            if old not in text:
                raise ValueError(f"{self.name}: « {old} » is not in {self.file}")
            text = text.replace(old, new) if old else text + new
        return text


class _Within(Protocol):
    def __call__(
        self, name: str, old: str, new: str, *rules: str, more: tuple[tuple[str, str], ...] = ()
    ) -> Mutant: ...


def _in(file: str) -> _Within:
    """Mistakes of one file."""

    def mutant(name: str, old: str, new: str, *rules: str, more: tuple[tuple[str, str], ...] = ()) -> Mutant:
        return Mutant(name, file, old, new, rules, more)

    return mutant


_question, _page, _base = _in(QUESTION), _in(PAGE), _in(BASE)


def _added(file: str) -> Callable[..., Mutant]:
    """Lines at the end of one file."""

    def mutant(name: str, lines: str, *rules: str) -> Mutant:
        return Mutant(name, file, "", f"\n{lines}\n", rules)

    return mutant


_style, _script = _added(STYLE), _added(SCRIPT)


def _first(name: str, html: str, *rules: str) -> Mutant:
    """Something put after the title of a page of questions."""
    return _in(STEP)(name, END, f"</h1>{html}\n{{% endif %}}", *rules)


def _button(name: str, attribute: str) -> Mutant:
    return _page(name, CONTINUE, CONTINUE.replace("<button", f"<button {attribute}"), "keyboard-order")


MUTANTS = (
    _question("lost for", '<label class="label" for="{{ c.id }}">', '<label class="label">', "name"),
    _question(
        "placeholder only",
        '<label class="label" for="{{ c.id }}">{{ c.label }}',
        "<label>",
        "name",
        more=(('<input type="{{ type }}" id', '<input placeholder="{{ c.label|striptags }}" type="{{ type }}" id'),),
    ),
    _question("lost legend", "<legend>{% if c.legend_is_h1 %}", "<p>{% if c.legend_is_h1 %}", "group"),
    _question("group without role", '<fieldset class="field', '<div class="field', "group"),
    _question("hint not tied", "{{ c.id }}-hint{% if c.error or", "{% if c.error or", "description"),
    _question(
        "error not tied",
        "{% if c.error %}{{ c.id }}-error{% if c.suffix",
        "{% if c.error %}{% if c.suffix",
        "description",
    ),
    _question("required not told", NEEDED + WRONG, WRONG, "required"),
    _question("wrong not told", WRONG, "{% if c.width %}", "invalid"),
    _question("optional not told", "{{ c.label }}" + OPTIONAL + "</label>", "{{ c.label }}</label>", "required"),
    _question("error by colour only", '{{ _("Erreur :") }} {{ c.error }}', "{{ c.error }}", "message"),
    _question(
        "error in other words",
        '{{ _("Erreur :") }} {{ c.error }}',
        '{{ _("Erreur :") }} Réponse invalide',
        "message",
        "summary",
    ),
    _question("no autocomplete", ' autocomplete="{{ c.autocomplete }}"', "", "autocomplete"),
    _page("no alert", '<div role="alert">', "<div>", "summary"),
    _page("summary without title", ' aria-labelledby="errors-title"', "", "summary"),
    _page("summary out of reach", 'tabindex="-1" autofocus ', "", "summary"),
    _page("errors without links", '<a href="{{ error.href }}">{{ error.text }}</a>', "{{ error.text }}", "summary"),
    _page("links to nothing", '<a href="{{ error.href }}">', '<a href="{{ error.href }}-question">', "summary"),
    _page("summary in other words", ">{{ error.text }}</a>", ">{{ error.text|upper }}</a>", "summary"),
    _in(TITLE)("title without error", '{% if failed %}{{ _("Erreur :") }} {% endif %}', "", "title"),
    _in(TITLE)("title of no page", "{{ heading }}{%", "Page{%", "title"),
    _in(STEP)(
        "no first heading", '<h1 tabindex="-1">{{ view.heading }}</h1>', "<h2>{{ view.heading }}</h2>", "headings"
    ),
    _first("skipped heading", "<h4>Suite</h4>", "headings"),
    _first("id twice", '<p id="main">Encore</p>', "references"),
    _first("table", "<table><tr><td>a</td></tr></table>", "absent"),
    _first("frame", '<iframe src="about:blank"></iframe>', "absent"),
    _first("no alternative", '<img src="/static/x.png">', "images"),
    _first("dressed", '<p align="center">Au milieu</p>', "presentation"),
    _first("bare field", '<input type="text" name="x">', "label"),
    _base("wrong language", '<html lang="{{ chrome.locale }}"', '<html lang="en"', "language"),
    _base("wrong direction", 'dir="{{ chrome.dir }}">\n<head>', 'dir="rtl">\n<head>', "language"),
    _base("skip link to nothing", 'class="skip" href="#main"', 'class="skip" href="#content"', "skip-link"),
    _base("menu without name", ' aria-label="{{ _("Aide et informations") }}"', "", "landmarks"),
    _base("new window", '<a class="brand"', '<a target="_blank" class="brand"', "new-window"),
    _base("no zoom", "initial-scale=1", "initial-scale=1, user-scalable=no", "zoom", "meta-viewport"),
    _base("goes away", "</head>", '<meta http-equiv="refresh" content="99999">\n</head>', "time-limit"),
    _in(MAIN)("no main part", '<main id="main"', '<div id="main"', "landmarks", more=(("</main>", "</div>"),)),
    _in(STATUS)("no status", 'role="status"', "", "live-regions"),
    _button("first of all", 'tabindex="5"'),
    _button("out of reach", 'tabindex="-1"'),
    _button("takes a key", 'accesskey="c"'),
    _in(LIST)("removals alike", REMOVE, '{{ _("Supprimer") }}', "unique-names"),
    _page(
        "nothing to press",
        CONTINUE,
        "<a>",
        "submit",
        more=(('<button class="quiet" name="action" value="save">', "<a>"), ("</button>", "</a>")),
    ),
    _style("alert that is hidden", "#alert { display: none !important }", "live-regions"),
    _style(
        "14 pixels",
        "button { min-block-size: 14px !important; padding: 0 !important; line-height: 1 !important }",
        "target-size",
    ),
    _style("pale hint", ".hint { color: #bbb !important }", "color-contrast"),
    _style("upside down", "main form { display: flex; flex-direction: column-reverse }", "keyboard-order"),
    _style("label below", ".field:not(fieldset) { display: flex; flex-direction: column-reverse }", "keyboard-order"),
    _style("too wide", "main form { min-inline-size: 600px }", "narrow"),
    _style("words left out", "@media (max-width: 400px) { .hint { display: none } }", "narrow", "description"),
    _style(
        "sticks",
        "footer { position: fixed; inset: auto 0 0; block-size: 60vh; background: #fff }",
        "narrow",
        "keyboard",
    ),
    _style("cut when spaced", ".hint { block-size: 1.6em; overflow: hidden }", "spacing", "narrow"),
    _style("does not grow", "h1 { font-size: 26px !important }", "text-200"),
    _style(
        "cut at 200 %",
        "button { block-size: 3.25rem; overflow: hidden; inline-size: 110px !important }",
        "text-200",
        "spacing",
        "narrow",
    ),
    _style("lost in landscape", "@media (orientation: landscape) { main h1 { display: none } }", "landscape"),
    _style("dark on dark", "@media (prefers-color-scheme: dark) { legend, label { color: #444 !important } }", "dark"),
    _style(
        "pale with contrast", "@media (prefers-contrast: more) { legend, label { color: #999 !important } }", "contrast"
    ),
    _style("no edge", "input { border-color: #ddd !important }", "edges"),
    _style(
        "no edge of one's own colours", "@media (forced-colors: active) { button { border: 0 !important } }", "forced"
    ),
    _style("goes on moving", "h1 { transition: color 1s !important }", "reduced-motion"),
    _style("grey on paper", "@media print { body { color: #777 !important } }", "print"),
    _style("focus not seen", "*, .choice:has(:focus-visible) { outline: 0 !important }", "keyboard"),
    _script(
        "goes on by itself", "document.addEventListener('change', function () { document.title = 'x'; });", "input"
    ),
    _script("trap", CAUGHT, "keyboard"),
    _script("acts at once", AT_ONCE, "pointer"),
    _in(SCRIPT)("focus lost after a swap", "heading.focus({ preventScroll: true });", "", "swap"),
    _page("errors without focus", " autofocus", "", "swap"),
    _in(SCRIPT)(
        "regions swapped away",
        "function arrive() {\n    prepare();",
        "function arrive() {\n    prepare(); byId('status').remove();",
        "swap",
    ),
)

SAMPLE = ("lost for", "too wide", "focus lost after a swap")
"""One of each sort, for every run of the tests."""
