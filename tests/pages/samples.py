"""One realistic example of every page, in French; also the material for looking at them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from app.pages import views as v

ASSETS = v.AssetUrls(
    css="/static/css/guichet.css",
    js="/static/js/guichet.js",
    htmx="/static/vendor/htmx-4.0.1.min.js",
    speech="/static/js/speech.js",
)
PROCEDURE = "Document de circulation pour un enfant"
CODE = "7K4M-9QXD-2HRT-5"
DRAFT = "/fr/dcem/d1"

LETTER = v.LetterText(
    "fr",
    "ltr",
    ("Aminata Dembélé-Koné", "1 rue du Port", "94000 Créteil"),
    ("Préfecture du Val-de-Marne", "94000 Créteil"),
    "Objet :",
    "demande de document de circulation",
    (Markup("<p>Madame, Monsieur,</p>"), Markup("<p>Je vous demande un document de circulation.</p>")),
    "Créteil, le 24 novembre 2026",
    "Signature :",
)
CHROME = v.Chrome(
    locale="fr",
    dir="ltr",
    home_url="/fr/",
    help_url="/fr/help",
    accessibility_url="/fr/accessibility",
    assets=ASSETS,
    procedure=PROCEDURE,
    procedure_url="/fr/dcem/",
    languages=(
        v.LanguageLink("fr", "français", "ltr", "", current=True),
        v.LanguageLink("ar", "العربية", "rtl", "/ar/"),
        v.LanguageLink("en", "English", "ltr", "/en/"),
    ),
    place="dcem/",
    csrf_token="jeton",
    paper_url="/fr/dcem/#autrement",
    leave_url=f"{DRAFT}/leave",
    check_url=f"{DRAFT}/check",
    documents_url=f"{DRAFT}/documents",
    accessibility_state="non encore vérifiée",
)

WAYS = v.Ways(
    channels=(
        v.ChannelCard(
            "Sur le site de l’administration (ANEF)",
            how="Créez un compte avec une adresse e-mail. Recopiez la feuille de votre dossier.",
            url="https://administration-etrangers-en-france.interieur.gouv.fr/",
            source=v.Link("service-public.fr", "https://www.service-public.gouv.fr/particuliers/vosdroits/F2718"),
        ),
        v.ChannelCard(
            "À un point d’accueil numérique",
            how="Une personne remplit la demande avec vous.",
            office=("Préfecture du Val-de-Marne", "21-29 avenue du Général-de-Gaulle", "94000 Créteil"),
            does="Ici, on vous aide. Rien n’est déposé.",
            to_check=True,
        ),
    ),
    contacts=(
        v.ContactCard(
            "Centre de contact citoyens",
            phone="0 806 001 620",
            phone_url="tel:+33806001620",
            free=True,
            hours="Du lundi au vendredi, de 8 h 30 à 18 h",
        ),
        v.ContactCard("Une association près de chez vous", url="https://www.gisti.org/", how=Markup("<p>Gratuit.</p>")),
    ),
    papers=(v.Link("Le formulaire à remplir à la main", "/fr/dcem/paper", note="PDF, 120 Ko"),),
)


def question(kind: str, name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "id": name, "name": name, "label": label, "required": not more.get("optional", False), **more}


def choice(field: str, value: str, label: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{field}-{value}", "value": value, "label": label, **more}


def radios(error: str | None = None) -> dict[str, Any]:
    first = choice("who", "parent", "Son père ou sa mère", hint="Ou la personne que la loi reconnaît comme parent.")
    other = choice(
        "who",
        "other",
        "Une autre personne",
        specify={"id": "who__specify", "name": "who__specify", "label": "Laquelle ?", "value": "", "error": None},
    )
    choices = [{**first, "id": "who"}, choice("who", "tutor", "Son tuteur ou sa tutrice", checked=True), other]
    why = Markup("<p>Seule une personne qui a l’<strong>autorité parentale</strong> peut demander ce document.</p>")
    return question("radios", "who", "Qui êtes-vous pour l’enfant ?", group=True, choices=choices, why=why, error=error)


def day(error: str | None = None) -> dict[str, Any]:
    parts = [
        {"part": part, "id": f"entry-{part}", "name": f"entry-{part}", "label": label, "value": value}
        for part, label, value in (
            ("day", "Jour", "27"),
            ("month", "Mois", "13" if error else "3"),
            ("year", "Année", "2019"),
        )
    ]
    parts[1]["invalid"] = bool(error)  # type: ignore[assignment]
    parts[1]["error_id"] = "entry-error"
    return question(
        "date",
        "entry",
        "Quand l’enfant est-il entré en France ?",
        group=True,
        parts=parts,
        error=error,
        hint="Regardez le tampon dans le passeport.",
        example="27 3 2019",
        unknown={"id": "entry__unknown", "name": "entry__unknown", "label": "Je ne sais pas", "checked": False},
    )


def step(**changes: Any) -> v.StepView:
    values: dict[str, Any] = {
        "heading": "L’enfant et vous",
        "progress": "Étape 2 sur 6",
        "back_url": f"{DRAFT}/before",
        "components": (radios(), day()),
        "actions": v.Actions(f"{DRAFT}/child", hidden=(v.Hidden("digest", "abc"), v.Hidden("revision", "def"))),
    }
    return v.StepView(**{**values, **changes})


MORE = (
    question("name", "family", "Nom de famille", autocomplete="family-name", spellcheck=False, value="Dembélé-Koné"),
    question("email", "email", "Adresse e-mail", optional=True, hint="Pour recevoir une réponse.", inputmode="email"),
    question("phone", "phone", "Téléphone", autocomplete="tel", width="20"),
    question(
        "country",
        "country",
        "Pays de naissance",
        options=[
            {"value": "", "label": "Choisissez", "selected": False},
            {"value": "SN", "label": "Sénégal", "selected": True},
        ],
    ),
    question("amount", "rent", "Loyer par mois", width="6", suffix="€", inputmode="decimal", value="640"),
    question("long_text", "story", "Expliquez votre situation", rows=5, maxlength=2000, optional=True),
)
ADDRESS = question(
    "address",
    "home",
    "Votre adresse",
    group=True,
    choices=[
        {**choice("home-kind", "france", "En France", checked=True), "id": "home"},
        choice("home-kind", "none", "Je n’en ai pas"),
    ],
    parts=[
        {"part": "line", "id": "home-line", "name": "home-line", "label": "Numéro et rue", "value": "1 rue du Port"},
        {
            "part": "complement",
            "id": "home-complement",
            "name": "home-complement",
            "label": "Étage, bâtiment",
            "optional": True,
        },
        {"part": "postcode", "id": "home-postcode", "name": "home-postcode", "label": "Code postal", "width": "6"},
        {"part": "city", "id": "home-city", "name": "home-city", "label": "Ville"},
    ],
)
ROW = v.Row("Nom de famille", ("Dembélé-Koné",), change_url=f"{DRAFT}/child?return=check")
SEALED = (
    v.SealedFile(
        "Acte de naissance", "acte.pdf", "240 Ko", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    ),
)
AFTER = v.After(
    dates=(v.DatedLine("24 mars 2027", "Sans réponse ce jour-là, votre demande est refusée.", to_check=True),),
    stages=(
        v.StageLine(
            "Attestation de dépôt", "Que votre demande est arrivée.", "Que l’enfant peut voyager.", deadline="2 mois"
        ),
    ),
    remedies=(
        v.RemedyLine("Recours gracieux", "Au préfet", "Écrivez une lettre et gardez la preuve.", within="2 mois"),
    ),
)

PAGES: dict[str, v.View] = {
    "catalogue": v.CatalogueView(
        entries=(
            v.CatalogueEntry(
                PROCEDURE, "Pour qu’un enfant étranger sorte de France et y revienne.", "/fr/dcem/", "10 à 20 minutes"
            ),
            v.CatalogueEntry(
                "Mon récépissé va finir", "Pour demander un nouveau papier à temps.", "/fr/recepisse/", closed="Fermée"
            ),
        ),
        routers=(
            v.CatalogueEntry(
                "Quelle démarche pour moi ?", "Quelques questions, puis le chemin.", "/fr/laquelle/", "1 à 2 minutes"
            ),
        ),
        drafts=(v.DraftLink(PROCEDURE, f"{DRAFT}/", "3 novembre 2026", "à continuer"),),
        resume_url="/fr/resume",
    ),
    "start": v.StartView(
        title=PROCEDURE,
        summary="Ce document permet à un enfant étranger de sortir de France et d’y revenir sans visa.",
        action="/fr/dcem/",
        for_whom=("L’enfant a moins de 18 ans.", "Il vit en France avec vous."),
        not_for=("L’enfant est français.",),
        documents=(
            v.StartDocument("Acte de naissance de l’enfant", hint="Copie intégrale de moins de 3 mois."),
            v.StartDocument("Votre titre de séjour", condition="Si vous n’êtes pas français", to_check=True),
        ),
        questions="12 à 25 questions",
        time="10 à 20 minutes",
        keep="6 mois après votre dernière visite",
        costs=(v.Fact("50 € de timbre fiscal", source=v.Link("Légifrance", "https://www.legifrance.gouv.fr/")),),
        limits=(v.Fact("Demandez avant le 24 mai 2027.", to_check=True),),
        ways=WAYS,
        authority="La préfecture de votre département",
        sources=(
            v.Link("Code de l’entrée et du séjour des étrangers, article L414-4", "https://www.legifrance.gouv.fr/"),
        ),
        checked_on="12 novembre 2026",
        overdue=True,
        to_check=("Le délai de réponse de la préfecture.",),
        resume_url="/fr/resume",
    ),
    "step": step(notes=(Markup("<p>Ces questions parlent de l’enfant qui voyage.</p>"),)),
    "step-errors": step(
        components=(radios("dites qui vous êtes pour l’enfant"), day("le mois doit être entre 1 et 12")),
        errors=(
            v.ErrorLink("Dites qui vous êtes pour l’enfant", "#who"),
            v.ErrorLink("Le mois doit être entre 1 et 12", "#entry-month"),
        ),
    ),
    "step-kinds": step(
        components=(*MORE, ADDRESS), item="Aminata", advice=(v.Notice("advice", "Votre passeport finit bientôt."),)
    ),
    "step-conflict": step(conflict=(v.ConflictRow("Nom de famille", ("Koné",), ("Dembélé",)),)),
    "step-csrf": step(reason="csrf"),
    "step-alone": step(components=({**radios(), "legend_is_h1": True},)),
    "list": v.ListView(
        "Vos enfants",
        v.Actions(f"{DRAFT}/children"),
        items=(
            v.ListItem("Aminata", f"{DRAFT}/children/1", f"{DRAFT}/remove/children/1"),
            v.ListItem("Moussa", f"{DRAFT}/children/2", f"{DRAFT}/remove/children/2", done=False),
        ),
        add_label="Ajouter un enfant",
        most=10,
        progress="Étape 3",
        back_url=f"{DRAFT}/child",
    ),
    "list-error": v.ListView("Vos enfants", v.Actions(f"{DRAFT}/children"), error="too_few"),
    "carry": v.CarryView(
        "Un autre papier",
        (v.Row("Votre nom", ("Diallo",)), v.Row("Votre e-mail", ("a@exemple.fr",))),
        f"{DRAFT}/carry/other/0",
        "/fr/other/",
        f"{DRAFT}/outcome/other",
    ),
    "remove": v.RemoveView("Aminata", f"{DRAFT}/remove/children/1", f"{DRAFT}/children"),
    "documents": v.DocumentsView(
        items=(
            v.DocumentItem(
                "birth",
                "Acte de naissance",
                f"{DRAFT}/documents/birth",
                hint="Copie intégrale de moins de 3 mois.",
                formats="PDF, JPEG ou PNG",
                accept=".pdf,.jpg,.jpeg,.png",
                max_size="10 Mo",
                max_files=5,
                files=(v.StoredFile("IMG_20261103_110245_acte.jpg", "2,4 Mo", f"{DRAFT}/files/1/remove"),),
                why="Il prouve que vous êtes son parent.",
            ),
            v.DocumentItem(
                "photo",
                "Photo d’identité",
                f"{DRAFT}/documents/photo",
                owner="Aminata",
                optional=True,
                choices=(("une e-photo",), ("une photo sur papier", "sa signature")),
                formats="JPEG",
                accept=".jpg",
                max_size="5 Mo",
                errors=("« photo.heic » n’est pas une image JPEG. Choisissez une autre photo.",),
            ),
        ),
        actions=v.Actions(f"{DRAFT}/documents"),
        later=("Le passeport de l’enfant",),
        back_url=f"{DRAFT}/child",
    ),
    "check": v.CheckView(
        sections=(
            v.CheckSection(
                "L’enfant", (ROW, v.Row("Date d’entrée en France", (), missing=True, change_url=f"{DRAFT}/child"))
            ),
            v.CheckSection(
                "Vous", (v.Row("Votre adresse", ("1 rue du Port", "94000 Créteil"), change_url=f"{DRAFT}/home"),)
            ),
        ),
        actions=v.Actions(f"{DRAFT}/check"),
        outstanding=(v.Link("L’enfant et vous", f"{DRAFT}/child"),),
        documents=(v.Row("Acte de naissance", ("1 fichier",), typed=False, change_url=f"{DRAFT}/documents"),),
        aside=(v.AsideRow("visa", "Numéro de visa", ("FRA123456",)),),
        erase_url=f"{DRAFT}/erase-answer",
        erase_draft_url=f"{DRAFT}/erase",
        back_url=f"{DRAFT}/documents",
    ),
    "declaration": v.DeclarationView(
        (v.DeclarationItem("true", Markup("<p>Ce que j’ai écrit est vrai.</p>")),),
        f"{DRAFT}/declaration",
        f"{DRAFT}/check",
    ),
    "declaration-error": v.DeclarationView(
        (v.DeclarationItem("true", "Ce que j’ai écrit est vrai.", error=True),),
        f"{DRAFT}/declaration",
        f"{DRAFT}/check",
        sends=True,
    ),
    "ready": v.ReadyView(
        reference="G-7K4M-9QXD",
        made_at="24 novembre 2026 à 16 h 20 (heure de Paris)",
        pack_url=f"{DRAFT}/pack.zip",
        pack_size="ZIP, 3,1 Mo",
        papers=(v.Link("Feuille à recopier", f"{DRAFT}/sheet"), v.Link("Lettre au préfet", f"{DRAFT}/letter")),
        files=SEALED,
        missing=(v.Link("Photo d’identité", f"{DRAFT}/documents#photo"),),
        ways=WAYS,
        filing=v.FilingForm(f"{DRAFT}/filed", (question("text", "number", "Numéro du dossier", optional=True), day())),
        after=AFTER,
        code=CODE,
        change_url=f"{DRAFT}/check",
        erase_url=f"{DRAFT}/erase",
    ),
    "receipt": v.ReceiptView(
        reference="G-7K4M-9QXD",
        received_at="24 novembre 2026 à 16 h 20",
        authority="Préfecture du Val-de-Marne",
        proves="que votre demande est arrivée.",
        does_not_prove="que vous avez le droit de voyager.",
        sections=(v.Row("Nom de famille", ("Dembélé-Koné",)),),
        files=SEALED,
        papers=(v.Link("Le reçu en PDF", f"{DRAFT}/receipt.pdf"),),
        sha256=SEALED[0].sha256,
        ways=WAYS,
        after=AFTER,
        code=CODE,
        withdraw_url=f"{DRAFT}/withdraw",
    ),
    "outcome": v.OutcomeView(
        title="L’enfant n’a pas besoin de ce document",
        body=Markup("<p>Un enfant français voyage avec sa carte d’identité ou son passeport.</p>"),
        go_to=(
            v.Link("Demander un passeport", "https://www.service-public.gouv.fr/"),
            v.Link("Votre mairie", "", note="Sans rendez-vous"),
        ),
        ways=WAYS,
        source=v.Link("Code civil, article 18", "https://www.legifrance.gouv.fr/"),
        back_url=f"{DRAFT}/child",
        check_url=f"{DRAFT}/check",
    ),
    "saved": v.SavedView(CODE, "24 mai 2027", f"{DRAFT}/child", f"{DRAFT}/leave", "https://guichet.example/fr/resume"),
    "saved-unfinished": v.SavedView(
        CODE,
        "24 mai 2027",
        f"{DRAFT}/child",
        f"{DRAFT}/leave",
        "https://guichet.example/fr/resume",
        unfinished=(v.Link("L’enfant", f"{DRAFT}/child"),),
    ),
    "leave": v.LeaveView(CODE, "24 mai 2027", f"{DRAFT}/leave", f"{DRAFT}/child"),
    "left": v.LeftView("/fr/resume"),
    "resume": v.ResumeView("/fr/resume"),
    "resume-error": v.ResumeView("/fr/resume", "7K4M", "unknown"),
    "resume-confirm": v.ResumeConfirmView(
        PROCEDURE, "3 novembre 2026", "9 novembre 2026", "/fr/resume/open", "d1", "1", "p", "/fr/resume"
    ),
    "erase": v.EraseView(f"{DRAFT}/erase", f"{DRAFT}/child"),
    "erase-sent": v.EraseView(None, f"{DRAFT}/receipt", ways=WAYS, withdraw_url=f"{DRAFT}/withdraw"),
    "withdraw": v.WithdrawView(
        "G-7K4M-9QXD", "24 novembre 2026 à 16 h 20", "Préfecture", f"{DRAFT}/withdraw", f"{DRAFT}/receipt", ways=WAYS
    ),
    "receipt-withdrawn": v.ReceiptView(
        reference="G-7K4M-9QXD",
        received_at="24 novembre 2026 à 16 h 20",
        authority="Préfecture du Val-de-Marne",
        proves="que votre demande est arrivée, puis que vous l’avez retirée.",
        does_not_prove="que vous avez le droit de voyager.",
        files=SEALED,
        ways=WAYS,
        code=CODE,
        withdrawn_at="25 novembre 2026 à 9 h 05",
        start_url="/fr/p/",
    ),
    "erased": v.ErasedView("/fr/"),
    "offline": v.OfflineView("/fr/", WAYS),
    "help": v.HelpView(WAYS, ((PROCEDURE, v.Ways(contacts=(v.ContactCard("Mairie"),))),), "/fr/resume", 6),
    "accessibility": v.AccessibilityView("non encore vérifiée", organisation="une association"),
    "statement": v.AccessibilityView(
        "partiellement conforme",
        (v.Link("aide@example.org", "mailto:aide@example.org"),),
        "une association",
        "https://example.org/plan",
        declared=True,
        audit=v.AuditShown(
            "25 novembre 2026",
            "4.1.2",
            900,
            "partial",
            96,
            70,
            34,
            wrong=(("10.11", "Rien ne dépasse d'un écran étroit"),),
            tools=("Chromium 156", "axe 4.14.1"),
            testers=(("auditrice", "NVDA 2026.3, Firefox 140"),),
            pages=(("", ("Vos démarches",)), (PROCEDURE, ("Vous", "Vérifiez vos réponses"))),
        ),
    ),
    "letter": v.LetterView(
        "Lettre au préfet",
        LETTER,
        replace(LETTER, lang="ar", dir="rtl"),
        pdf_url=f"{DRAFT}/letter.pdf",
    ),
    "sheet": v.SheetView(
        "Feuille à recopier",
        (v.SheetScreen("Écran 1 : l’enfant", (v.Row("Nom", ("Dembélé-Koné",)),), note="Écrivez sans accent."),),
        pdf_url=f"{DRAFT}/sheet.pdf",
    ),
    "paper-form": v.PaperFormView(
        PROCEDURE,
        (
            v.PaperSection(
                "L’enfant",
                (
                    v.PaperQuestion("Nom de famille", lines=1),
                    v.PaperQuestion("Qui êtes-vous pour l’enfant ?", choices=("Son père ou sa mère", "Son tuteur")),
                    v.PaperQuestion("Ville", answer=("Créteil",), optional=True),
                ),
            ),
        ),
        documents=("Acte de naissance",),
        declarations=("Ce que j’ai écrit est vrai.",),
        ways=WAYS,
    ),
} | {
    f"error-{kind}": v.ErrorView(int(kind) if kind.isdigit() else 403, kind, "/fr/", "/fr/resume", f"{DRAFT}/", WAYS)
    for kind in (
        "400",
        "403",
        "404",
        "405",
        "409",
        "413",
        "415",
        "422",
        "429",
        "500",
        "503",
        "draft_not_here",
        "form_not_ours",
        "no_cookies",
        "too_long",
        "many_people",
        "not_utf8",
        "unreadable",
    )
}
