"""A small procedure with every shape that a paper must print, one person's journey through it, and plain French
wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from app.journey.model import Answers, FeeDue, Journey, NeededDocument, SilenceDate, Stop, WindowState
from app.locale import format_duration, format_number
from app.paper.prose import Meta
from app.paper.wording import Wording
from app.spec.model import (
    AfterSending,
    All,
    AnyOf,
    Channel,
    Choice,
    Contact,
    Declaration,
    Document,
    Duration,
    Fee,
    Field,
    Letter,
    Need,
    NoneOf,
    Note,
    Outcome,
    Page,
    Part,
    Procedure,
    Ref,
    Remedy,
    Repeat,
    Rule,
    RuleRef,
    Screen,
    Silence,
    Stage,
    Step,
    Test,
    Text,
    Window,
)

SHA = "0123456789abcdef" * 4
META = Meta("GUI-2026-0042", datetime(2026, 11, 24, 10, 30, tzinfo=UTC))


def t(source: str) -> Text:
    return Text(source)


def is_(name: str, *values: str) -> Test:
    return Test(Ref(name), "is", values)


GROUND = Field(
    "ground",
    "radios",
    t("Pourquoi demandez-vous ce papier ?"),
    hint=t("Choisissez la raison principale."),
    choices=(
        Choice("travel", t("Un voyage"), hint=t("Vacances, famille")),
        Choice("lost", t("J'ai perdu mon papier")),
        Choice("other", t("Autre"), specify=t("Laquelle ?")),
    ),
)

STEPS = (
    Step(
        "you",
        t("Vous"),
        (
            Page(
                "you",
                (
                    Field("family_name", "name", t("Nom de famille"), autocomplete="family-name"),
                    Field("first_names", "name", t("Prénoms"), autocomplete="given-name"),
                    Field("birth_date", "date", t("Date de naissance"), settings={"unknown_parts": ["day", "month"]}),
                    Field("number", "foreigner_number", t("Numéro étranger"), example="9912345678", required=False),
                    Field("address", "address", t("Adresse"), settings={"allow_none": True, "allow_abroad": True}),
                    Field("phone", "phone", t("Téléphone"), unknown=t("Je n'ai pas de téléphone")),
                ),
            ),
        ),
        notes=(
            Note(t("Écrivez comme sur votre passeport.")),
            Note(t("Votre voyage est proche."), is_("ground", "travel")),
        ),
    ),
    Step("why", t("Votre demande"), (Page("why", (GROUND,)),)),
    Step(
        "trip",
        t("Votre voyage"),
        (
            Page(
                "trip",
                (
                    Field("country", "country", t("Dans quel pays allez-vous ?")),
                    Field("back", "yes_no", t("Revenez-vous en France ?")),
                    Field(
                        "reason",
                        "long_text",
                        t("Dites pourquoi vous ne revenez pas"),
                        when=All((is_("back", "no"), Test(Ref("country"), "not_in", ("BE", "LU")))),
                    ),
                ),
            ),
        ),
        when=is_("ground", "travel"),
    ),
    Step(
        "children",
        t("Vos enfants"),
        (Page("children", (Field("child_name", "name", t("Prénom de l'enfant"), subject="other"),)),),
        repeat=Repeat(t("Enfant {answer.child_name}"), min=0, max=4),
    ),
)

DOCUMENTS = (
    Document("birth", t("Acte de naissance"), (Need("required"),), why=t("Il prouve votre état civil.")),
    Document(
        "home",
        t("Justificatif de domicile"),
        (Need("optional", Test(Ref("address", part="kind"), "is", ("none",))), Need("required")),
        one_of=(("bill",), ("host", "host_id")),
    ),
    Document("photo", t("e-photo"), (Need("required"),), due="appointment"),
)

CHANNELS = (
    Channel(
        "site",
        "external",
        t("Le site de l'administration"),
        url="https://site.exemple.fr/demande",
        source="R431-2",
        screens=(
            Screen(t("Écran 1 : la demande"), ("ground", "country"), note=t("Cochez « première demande ».")),
            Screen(t("Écran 2 : vous"), ("number", "family_name", "first_names", "birth")),
        ),
        max_size=10_000_000,
    ),
    Channel(
        "post", "post", t("Par courrier"), when=NoneOf((is_("ground", "lost"),)), how=t("Écrivez à la préfecture.")
    ),
)

LETTER = Letter(
    "ask",
    t("Lettre à la préfecture"),
    t("Monsieur le préfet\nPréfecture\n69003 Lyon"),
    t("Demande de {answer.ground}"),
    (
        Note(t("Je vous demande un document.")),
        Note(t("Je voyage bientôt."), is_("ground", "travel")),
        Note(t("J'ai perdu mon papier."), is_("ground", "lost")),
    ),
)

PROCEDURE = Procedure(
    "sample",
    "fr",
    t("Document de voyage"),
    t("Cette démarche sert à obtenir un document.\n\nElle est gratuite."),
    sha256="ab" * 32,
    for_whom=(t("Vous vivez en France."),),
    not_for=(t("Vous êtes français."),),
    authority=t("Préfecture du Rhône"),
    glossary={"récépissé": t("Un papier provisoire.")},
    rules={"urgent": Rule("urgent", t("Votre voyage est dans moins d'un mois."), is_("ground", "travel"))},
    steps=STEPS,
    documents=DOCUMENTS,
    parts={
        "bill": Part("bill", t("Une facture")),
        "host": Part("host", t("Attestation")),
        "host_id": Part("host_id", t("Identité")),
    },
    channels=CHANNELS,
    contacts=(Contact(t("Centre de contact"), phone="0 806 001 620", hours=t("9 h à 18 h"), free=True),),
    outcomes=(
        Outcome(
            "urgent",
            "advise",
            AnyOf((RuleRef("urgent"), is_("ground", "lost"))),
            t("Allez vite"),
            t("Appelez la préfecture."),
        ),
    ),
    window=Window("opens", "closes"),
    declarations=(Declaration("true", t("Tout ce que j'ai écrit est vrai.")),),
    letters=(LETTER,),
    after_sending=AfterSending(
        stages=(Stage(t("Confirmation de dépôt"), t("vous avez déposé"), t("vous pouvez rester"), next=t("Attendez.")),)
    ),
)

PERSON: dict[str, Any] = {
    "family_name": "Diop",
    "first_names": "Awa",
    "birth_date": "2001-02",
    "number": "9912345678",
    "address": {"kind": "france", "line": "3 rue des Lilas", "postcode": "69003", "city": "Lyon"},
    "ground": "travel",
    "country": "SN",
    "back": "yes",
    "children": [{"id": "1", "answers": {"child_name": "Moussa"}}],
}

COUNTRIES = {"SN": "Sénégal", "BE": "Belgique", "LU": "Luxembourg"}


def shown(field: Field, value: Any) -> Sequence[str]:
    if isinstance(value, dict):
        return [str(value.get("line", "")), f"{value.get('postcode', '')} {value.get('city', '')}".strip()]
    if field.kind == "yes_no":
        return ["Oui" if value == "yes" else "Non"]
    if field.kind == "country":
        return [COUNTRIES[value]]
    labels = {choice.id: choice.label.source for choice in field.choices}
    return [labels.get(one, str(one)) for one in (value if isinstance(value, list) else [value])]


def wording(answers: Answers | None = None) -> Wording:
    """Plain French, where an answer is put in place of its placeholder."""

    def text(source: Text, item: Answers | None) -> str:
        said = source.source
        known = {**(answers or {}), **(item or {})}
        for key, value in known.items():
            said = said.replace("{answer." + key + "}", str(value))
        return said

    return Wording(
        language="fr",
        direction="ltr",
        gettext=str,
        text=text,
        value=shown,
        day=str,
        moment=lambda moment: moment.strftime("%d/%m/%Y à %H:%M (%Z)"),
        number=lambda number: format_number(number, "fr"),
        span=lambda span: format_duration(span, "fr"),
    )


def journey(answers: Answers = PERSON) -> Journey:
    """The journey of a person who travels and has one child."""
    stops = [
        Stop(step, step.pages[0], fields=tuple(f for f in step.pages[0].fields if f.id != "reason"), key=step.id)
        for step in STEPS[:3]
    ]
    children = STEPS[3]
    stops.append(Stop(children, children.pages[0], key="children", is_list=True))
    stops.extend(
        Stop(
            children, children.pages[0], item=item["id"], fields=children.pages[0].fields, key=f"children/{item['id']}"
        )
        for item in answers.get("children", ())
    )
    late = Silence(Duration(4, "months"), t("Votre demande est refusée."), "filed", needs_review=True)
    return Journey(
        today=date(2026, 11, 24),
        path=tuple(stops),
        answers=answers,
        documents=tuple(NeededDocument(d, "required", d.id) for d in DOCUMENTS),
        channels=CHANNELS,
        window=WindowState(date(2026, 9, 1), date(2026, 12, 31), "open"),
        declarations=PROCEDURE.declarations,
        letters=(LETTER,),
        fees=(FeeDue(Fee("stamp", says=t("Achetez un timbre fiscal.")), None),),
        remedies=(
            Remedy(
                t("Recours"),
                t("Tribunal administratif"),
                t("Écrivez une requête."),
                Duration(2, "months"),
                t("après le refus"),
                "R421-1",
            ),
        ),
        silence=(SilenceDate(late, date(2027, 3, 24)),),
    )
