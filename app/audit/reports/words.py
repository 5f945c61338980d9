"""Each rule in words: what is wrong, whom it keeps out, and how to repair it, in the YAML where its author can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.audit.findings import Finding


class About(NamedTuple):
    """`title` is the rule as a sentence, `who` it matters to and why, `repair` what to do and where."""

    title: str
    who: str
    repair: str


BLIND = "Les personnes qui utilisent un lecteur d'écran"
KEYS = "Les personnes qui utilisent un clavier ou un contacteur"
SIGHT = "Les personnes qui voient mal"
HANDS = "Les personnes dont la main tremble, ou qui tiennent leur téléphone d'une main"
MIND = "Les personnes qui lisent avec effort"
OURS = "Dans le code de Guichet : signalez-le à qui le développe."
PARTS = "templates/parts/question.html"

RULES: Mapping[str, About] = {
    "name": About(
        "Un champ n'a pas le nom que dit la démarche",
        f"{BLIND} n'entendent pas ce que le champ demande.",
        f"Dans le YAML : `label` de la question. Sinon dans {PARTS} : `for` et `id`.",
    ),
    "description": About(
        "L'aide ou l'erreur n'est pas reliée à son champ",
        f"{BLIND} n'entendent ni l'aide, ni l'erreur, quand elles arrivent sur le champ.",
        f"Dans {PARTS} : `aria-describedby` nomme l'aide et l'erreur.",
    ),
    "required": About(
        "Un champ ne dit pas s'il est obligatoire",
        f"{MIND} et {BLIND.lower()} l'apprennent par une erreur.",
        f"Dans le YAML : `required`. Sinon dans {PARTS} : `aria-required` et « (facultatif) ».",
    ),
    "invalid": About(
        "Un champ en erreur n'est pas marqué, ou un autre l'est",
        f"{BLIND} ne trouvent pas le champ à corriger.",
        f"Dans {PARTS} : `aria-invalid`.",
    ),
    "group": About(
        "Les champs d'une question ne forment pas un groupe",
        f"{BLIND} entendent « Oui » sans savoir à quoi.",
        "Dans templates/components : `fieldset` et `legend`.",
    ),
    "message": About(
        "Une erreur n'est pas dite près de son champ, ou pas avec ses mots",
        f"{MIND} ne savent pas quoi corriger ; sans les couleurs, personne.",
        "Dans le YAML : `errors` de la question. Sinon app/fields/messages.py.",
    ),
    "autocomplete": About(
        "Le navigateur ne peut pas remplir, ou remplirait les données d'un autre",
        f"{MIND} et {HANDS.lower()} tapent tout, ou envoient leur nom à la place d'un autre.",
        "Dans le YAML : `subject` et `autocomplete` de la question.",
    ),
    "order-of-questions": About(
        "Les questions ne sont pas dans l'ordre de la démarche",
        f"{KEYS} et {BLIND.lower()} perdent le fil.",
        "Dans la feuille de style ou le modèle de page : pas d'ordre à part.",
    ),
    "summary": About(
        "La liste des erreurs manque, ou ne mène pas aux champs",
        f"{BLIND} ne savent pas que la page est refusée ; {KEYS.lower()} cherchent le champ.",
        "Dans templates/parts/page.html (`summary`) et les adresses des erreurs.",
    ),
    "title": About(
        "Le titre de la page ne dit pas laquelle c'est, ou pas qu'elle a une erreur",
        f"{BLIND} l'entendent en premier ; tout le monde le cherche parmi ses onglets.",
        "Dans le YAML : `title` de l'étape. Sinon le modèle de la page.",
    ),
    "headings": About(
        "Les titres ne structurent pas la page",
        f"{BLIND} sautent de titre en titre.",
        "Dans le modèle de la page ; dans le YAML, pas de titre dans les textes.",
    ),
    "landmarks": About("Les zones de la page manquent ou se confondent", f"{BLIND} sautent de zone en zone.", OURS),
    "skip-link": About("Le premier lien ne mène pas au contenu", f"{KEYS} repassent par l'en-tête chaque fois.", OURS),
    "language": About(
        "La langue ou le sens de lecture est faux",
        f"{BLIND} entendent des mots lus dans une autre langue.",
        "Dans translations/ : le code de la langue. Sinon templates/layouts/base.html.",
    ),
    "references": About(
        "Un identifiant est là deux fois, ou manque", f"{BLIND} entendent l'étiquette d'un autre champ.", OURS
    ),
    "keyboard-order": About("Le clavier ne suit pas la page", f"{KEYS} arrivent ailleurs qu'ils ne voient.", OURS),
    "live-regions": About(
        "Une annonce ne peut pas être faite",
        f"{BLIND} ne savent pas que la page a changé.",
        OURS,
    ),
    "unique-names": About(
        "Deux liens ont les mêmes mots et mènent ailleurs",
        f"{BLIND} et qui parle à son téléphone ne peuvent pas les distinguer.",
        "Dans le YAML : `title` ou `label`. Sinon un texte caché dans le modèle de page.",
    ),
    "target-size": About(
        "Ce qu'il faut toucher est trop petit", f"{HANDS} touchent à côté.", "Dans static/css/guichet.css."
    ),
    "new-window": About("Un lien ouvre une autre fenêtre", f"{MIND} ne savent plus revenir.", OURS),
    "submit": About("Un formulaire n'a pas de bouton", f"{KEYS} sont emmenées ailleurs sans l'avoir voulu.", OURS),
    "time-limit": About("La page change ou bouge toute seule", f"{MIND} n'ont pas le temps de lire.", OURS),
    "zoom": About("La page interdit de zoomer", f"{SIGHT} ne peuvent pas lire.", OURS),
    "images": About(
        "Une image n'a pas d'alternative", f"{BLIND} n'entendent rien.", "Dans le YAML : `picture.alt` de l'étape."
    ),
    "presentation": About("La présentation est dans la page", f"{SIGHT} ne peuvent pas la changer.", OURS),
    "absent": About(
        "Un élément que Guichet n'utilise jamais est là",
        "Des critères du RGAA s'appliquent alors, que seule une personne peut juger.",
        "Enlevez-le, ou faites-le examiner.",
    ),
    "narrow": About(
        "La page ne tient pas dans un écran étroit", f"{SIGHT} zooment à 400 %.", "Dans static/css/guichet.css."
    ),
    "landscape": About(
        "La page ne se lit pas en paysage",
        f"{HANDS} ont un téléphone fixé à leur fauteuil.",
        "Dans la feuille de style.",
    ),
    "spacing": About(
        "L'espacement du texte cache quelque chose", f"{MIND} écartent les lettres et les lignes.", "Feuille de style."
    ),
    "long": About("Une langue plus longue ne tient pas", "Qui lit dans une autre langue.", "Dans la feuille de style."),
    "text-200": About("Le texte ne grandit pas", f"{SIGHT} doublent la taille des lettres.", "Tailles en `rem`."),
    "dark": About("La nuit, le texte se voit mal", f"{SIGHT} sont éblouies par le blanc.", "Couleurs du thème sombre."),
    "contrast": About("Avec plus de contraste, le texte se voit mal", f"{SIGHT} l'ont demandé.", "`prefers-contrast`."),
    "edges": About("Le bord d'un champ se voit mal", f"{SIGHT} ne voient pas où écrire.", "Couleur des bords."),
    "forced": About("Avec ses propres couleurs, on ne voit plus les bords", f"{SIGHT} choisissent.", "Un bord."),
    "bare": About("Sans style, le contenu change", f"{BLIND} lisent la page sans style.", "L'ordre du HTML."),
    "sides": About("L'étiquette est loin de son champ", f"{SIGHT} zooment et ne voient que lui.", "La mise en page."),
    "right-to-left": About("De droite à gauche, quelque chose dépasse", "Qui lit l'arabe.", "Propriétés logiques."),
    "reduced-motion": About("Un mouvement reste", "Les personnes que le mouvement rend malades.", "Feuille de style."),
    "print": About("Sur papier, la page n'est pas en noir sur blanc", "Qui imprime au guichet.", "`@media print`."),
    "keyboard": About("Le focus se perd, ne se voit pas, ou est pris", f"{KEYS} sont bloquées.", "`outline`, l'ordre."),
    "input": About("Écrire ou choisir emmène ailleurs", f"{BLIND} parcourent les choix sans choisir.", OURS),
    "pointer": About("Un bouton agit dès qu'il est touché", f"{HANDS} ne peuvent pas se reprendre.", OURS),
    "no-script": About("Sans script, rien ne marche", "Qui a un vieux téléphone.", OURS),
    "doctype": About("La page n'a pas de type", "Les technologies d'assistance la devinent.", OURS),
    "swap": About("Après un échange, la personne n'est pas au bon endroit", f"{BLIND} sont perdues.", OURS),
    "same-labels": About("Une même question a plusieurs noms", f"{MIND} croient à autre chose.", "`label`."),
    "same-help": About("L'aide change de place", f"{MIND} la cherchent.", OURS),
    "check-answers": About("Les réponses ne peuvent pas être corrigées", f"{MIND} se trompent plus souvent.", OURS),
    "session": About("La demande s'efface trop vite", f"{MIND} mettent plusieurs jours.", "`GUICHET_DRAFT_DAYS`."),
}


def about(finding: Finding) -> About:
    """The words of a rule; those of an engine where it is one of its own."""
    known = RULES.get(finding.rule) if finding.engine in ("model", "crossing", "whole") else None
    if known is not None:
        return known
    who = "Les personnes que les critères cités protègent."
    return About(f"{finding.engine} : {finding.rule}", who, finding.message or finding.rule)
