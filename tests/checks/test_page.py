"""Each rule finds its fault, says where, and leaves a good page alone."""

from __future__ import annotations

import pytest

from tests.checks.page import RULES, check_page, find_problems
from tests.checks.tree import Page

FORM = """
<form method="post" action="/fr/dcem/1/enfant" novalidate>
<input type="hidden" name="csrf_token" value="abc">
<label for="who">Qui êtes-vous ?</label>
<input type="text" id="who" name="who">
<fieldset><legend>Né quand ?</legend>
<label for="b-day">Jour</label><input type="text" id="b-day" name="b-day">
<label for="b-month">Mois</label><input type="text" id="b-month" name="b-month">
</fieldset>
<button name="action" value="continue">Continuer</button>
</form>
"""
SUMMARY = """
<div class="errors" id="errors" tabindex="-1" autofocus aria-labelledby="errors-title"><div role="alert">
<h2 id="errors-title">Il y a un problème</h2><ul><li><a href="#who">Dites qui vous êtes</a></li></ul></div></div>
"""


def page(body: str = "", *, head: str = "", title: str = "Votre enfant", html: str = 'lang="fr" dir="ltr"') -> str:
    return (
        f'<!doctype html><html {html}><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
        f'<body><a href="#main">Aller au contenu</a><main id="main"><h1>Votre enfant</h1>{body}</main></body></html>'
    )


def problems(html: str, *, status: int = 200, full: bool = True, locale: str = "fr") -> dict[str, str]:
    """Rule name to what it said."""
    read = Page.parse(html, url="/fr/", locale=locale, status=status, full=full)
    found: dict[str, str] = {}
    for problem in find_problems(read):
        name, _, words = problem.partition(": ")
        found[name] = f"{found.get(name, '')} {words}".strip()
    return found


def test_a_good_page_passes_whole_and_as_fragment() -> None:
    assert problems(page(FORM)) == {}
    assert problems(f'<title>Votre enfant</title><main id="main"><h1>Votre enfant</h1>{FORM}</main>', full=False) == {}


def test_a_good_page_of_errors_passes() -> None:
    body = SUMMARY + FORM.replace(
        '<input type="text" id="who" name="who">',
        '<p id="who-error">Erreur : dites qui</p>'
        '<input type="text" id="who" name="who" aria-invalid="true" aria-describedby="who-error">',
    )
    assert problems(page(body, title="Erreur\u00a0: votre enfant"), status=422) == {}
    assert problems(page(body, title="Erreur\u202f: votre enfant"), status=422) == {}


BOXES = '<label>a<input type="checkbox" name="c" required></label><label>b<input type="checkbox" name="c"></label>'

FAULTS = [
    ("valid HTML", "<p>un</div>", "line 1"),
    ("valid HTML", '<p id="a" id="b">un</p>', "uplicate"),
    ("content model", "<section><span><div>bloc</div></span></section>", "block inside"),
    ("content model", "<ul><p>point</p></ul>", "may hold only li"),
    ("content model", '<a href="/x"><button>Deux</button></a>', "one control in another"),
    ("one h1", "<h1>Encore un</h1>", "2 <h1>"),
    ("one h1", "<h2> </h2>", "empty"),
    ("heading levels", "<h3>Trop bas</h3>", "a level is skipped"),
    ("language", '<p lang="ar">نص</p>', 'needs dir="rtl"'),
    ("language", '<p lang="français">a</p>', "no language"),
    ("landmarks", '<main id="other">b</main>', "one <main"),
    ("unique ids", '<p id="a">1</p><p id="a">2</p>', "2 times"),
    ("unique ids", '<p id="a b">1</p>', "holds a space"),
    ("named controls", '<input type="text" name="x">', "no accessible name"),
    ("named controls", "<button></button>", "no accessible name"),
    ("named controls", '<a href="/x"><span aria-hidden="true">‹</span></a>', "no accessible name"),
    ("named controls", '<img src="/a.png">', "no alt"),
    ("groups", "<fieldset><p>sans légende</p></fieldset>", "does not begin with a <legend>"),
    ("groups", '<label>a<input type="radio" name="r"></label><label>b<input type="radio" name="r"></label>', "share"),
    ("groups", '<label>J<input name="d-day"></label><label>M<input name="d-month"></label>', "share"),
    (
        "groups",
        f'<fieldset><legend>L</legend>{BOXES}</fieldset>',
        "asks for all",
    ),
    ("forms", '<form action="/x"><button>a</button></form>', "its method"),
    ("forms", '<form method="get"><button>a</button></form>', "its action"),
    ("forms", '<form method="post" action="/x"><button>a</button></form>', "csrf_token"),
    ("forms", FORM.replace('method="post"', 'method="get"'), "land in the address"),
    ("forms", FORM.replace('type="text" id="who"', 'type="file" id="who"'), "multipart"),
    ("forms", '<form method="get" action="/x"><p>rien</p></form>', "no button"),
    ("errors", '<label>a<input aria-invalid="true"></label>', "described by an error"),
    ("errors", '<label>a<input aria-invalid="yes"></label>', "« true » or « false »"),
    ("errors", SUMMARY.replace(" autofocus", "") + FORM, "autofocus"),
    ("errors", SUMMARY.replace("#who", "#box") + '<div id="box">x</div>', "cannot reach"),
    ("references", '<label for="nowhere">a</label>', "not on the page"),
    ("references", '<p id="p">x</p><label for="p">a</label>', "takes no label"),
    ("references", '<label>a<input aria-describedby="h"></label>', "aria-describedby points"),
    ("references", '<p aria-labelledby="h">a</p>', "aria-labelledby points"),
    ("anchors", '<a href="#x">a</a>', "not on the page"),
    ("anchors", '<a href="#">a</a>', "leads nowhere"),
    ("keyboard", '<p tabindex="2">a</p>', "order of the keyboard"),
    ("keyboard", '<p accesskey="s">a</p><p accesskey="s">b</p>', "used 2 times"),
    ("keyboard", '<p tabindex="-1" autofocus>a</p><p tabindex="-1" autofocus>b</p>', "2 elements"),
    ("nothing inline", '<p onclick="x()">a</p>', "onclick"),
    ("nothing inline", '<p hx-on:click="x()">a</p>', "hx-on"),
    ("nothing inline", "<p hx-vals=\"js:{a: 1}\">a</p>", "runs text"),
    ("nothing inline", '<a href="javascript:x()">a</a>', "runs text"),
    ("nothing inline", '<p style="color:red">a</p>', "style attribute"),
    ("nothing inline", "<script>x()</script>", "inside the page"),
    ("own files", '<img alt="" src="https://example.org/a.png">', "another host"),
    ("own files", '<iframe title="a" src="/x"></iframe>', "no such thing"),
    ("new windows", '<a href="/x" target="_blank">a</a>', "new window"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "body", "says"), FAULTS)
def test_a_planted_fault_is_found_by_its_rule(rule: str, body: str, says: str) -> None:
    assert says in problems(page(body))[rule]


def test_the_title_announces_errors_and_only_errors() -> None:
    assert "begins with" in problems(page(SUMMARY + FORM))["title"]
    assert "begins with" in problems(page(SUMMARY + FORM, title="Erreur : espace ordinaire"))["title"]
    assert "lists no error" in problems(page(title="Erreur\u00a0: rien"))["title"]
    assert "one <title>" in problems(page(title=""))["title"]
    assert "one <title>" in problems('<main id="main"><h1>a</h1></main>', full=False)["title"]


def test_a_refused_form_lists_its_errors() -> None:
    assert "422" in problems(page(FORM), status=422)["refused form"]


@pytest.mark.parametrize("html", ['dir="ltr"', 'lang="en" dir="ltr"', 'lang="fr"', 'lang="fr" dir="rtl"'])
def test_the_language_of_the_page_is_said(html: str) -> None:
    assert "language" in problems(page(html=html))


def test_an_arabic_page_runs_from_right_to_left() -> None:
    assert "language" not in problems(page(html='lang="ar" dir="rtl"'), locale="ar")
    assert "language" in problems(page(html='lang="ar" dir="ltr"'), locale="ar")


@pytest.mark.parametrize(
    ("wanted", "instead"),
    [
        ('<a href="#main">Aller au contenu</a>', '<a href="/fr/">Accueil</a><a href="#main">Aller au contenu</a>'),
        ("initial-scale=1", "initial-scale=1, maximum-scale=1"),
        ('<meta charset="utf-8">', ""),
    ],
)
def test_the_frame_of_a_whole_page(wanted: str, instead: str) -> None:
    assert "landmarks" in problems(page().replace(wanted, instead))


def test_all_problems_come_in_one_message() -> None:
    with pytest.raises(AssertionError) as caught:
        check_page(page('<h1>b</h1><a href="#x">c</a>'), url="/fr/aide", locale="fr", status=200)
    message = str(caught.value)
    assert "/fr/aide, status 200: 2 problem(s)" in message
    assert "one h1: " in message
    assert "anchors: " in message


def test_a_broken_page_is_shown_with_ten_lines_around() -> None:
    lines = [f"<p>{number}</p>" for number in range(30)]
    lines[20] = "<p>20</div>"
    said = problems(page("\n".join(lines)))["valid HTML"]
    assert "<p>16</p>" in said
    assert "<p>25</p>" in said
    assert "<p>14</p>" not in said


def test_every_rule_has_a_fault_here() -> None:
    elsewhere = {"title", "refused form"}
    assert {rule for rule, _, _ in FAULTS} | elsewhere == RULES.keys()


def test_a_rule_that_does_not_exist_cannot_be_set_aside() -> None:
    with pytest.raises(ValueError, match="no such rule"):
        check_page(page(), url="/", locale="fr", status=200, without=["one h2"])
