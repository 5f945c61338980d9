"""French: turns, words of the trade, rare words.

`HEAVY` are the turns that the State's own rules for forms forbid (démarches-simplifiées, `LLM::LabelImprover`, after
the guides of modernisation.gouv.fr), with others of the same sort. `TRADE` are words of this trade that people with
little French do not know (Inclusion Europe: hard words are explained). `RARE` is a list of this project.
"""

from __future__ import annotations

import re

from app.spec.plain.lexicon import EVERYWHERE, Lexicon, words

HEAVY = {
    "veuillez": "le verbe seul : « écrivez », « joignez »",
    "merci de": "le verbe seul : « écrivez », « joignez »",
    "nous vous prions de": "le verbe seul : « écrivez », « joignez »",
    "conformément à": "« selon », ou rien",
    "conformément aux": "« selon », ou rien",
    "conformément au": "« selon », ou rien",
    "procéder à": "« faire »",
    "procéder au": "« faire »",
    "procédez à": "« faites »",
    "procédez au": "« faites »",
    "le cas échéant": "« si c'est votre cas »",
    "susmentionn*": "redites le nom de la chose",
    "susvis*": "redites le nom de la chose",
    "ci-après": "redites le nom de la chose",
    "ci-dessus": "redites le nom de la chose, ou donnez son numéro",
    "ci-dessous": "redites le nom de la chose, ou donnez son numéro",
    "nonobstant": "« malgré »",
    "dans les meilleurs délais": "« vite », ou un nombre de jours",
    "en vertu de": "« selon »",
    "au titre de l'article": "« selon la loi »",
    "sous réserve de": "« si »",
    "à l'effet de": "« pour »",
    "il vous appartient de": "« vous devez »",
    "il y a lieu de": "« il faut »",
    "dûment": "rien : retirez le mot",
}
TRADE = {
    "récépissé": "un papier qui montre que vous avez fait une demande",
    "apostille": "un tampon qui prouve qu'un papier étranger est vrai",
    "légalisation": "un tampon qui prouve qu'un papier étranger est vrai",
    "assermenté*": "reconnu par un tribunal",
    "copie intégrale": "l'acte complet, avec les notes dans la marge",
    "filiation": "qui sont les parents",
    "domiciliation": "une adresse pour le courrier",
    "hébergeant": "la personne qui vous loge",
    "quittance": "le reçu du loyer",
    "timbre fiscal": "un paiement à l'État",
    "recours gracieux": "demander à la même administration de changer d'avis",
    "recours hiérarchique": "demander au ministre de changer d'avis",
    "recours contentieux": "demander à un juge",
    "référé": "une demande urgente à un juge",
    "protection subsidiaire": "une protection que la France donne",
    "apatride": "une personne qui n'a la nationalité d'aucun pays",
    "carte consulaire": "une carte donnée par votre consulat",
    "solution de substitution": "une autre façon de déposer",
    "ressortissant*": "une personne qui a la nationalité d'un pays",
    "ayant droit": "une personne qui a un droit grâce à une autre",
    "ayants droit": "des personnes qui ont un droit grâce à une autre",
    "ascendant": "un parent ou un grand-parent",
    "ascendants": "les parents et les grands-parents",
    "concubin*": "une personne avec qui l'on vit sans mariage",
    "mandataire": "une personne qui agit pour une autre",
    "regroupement familial": "faire venir sa famille en France",
    "autorité parentale": "le droit de décider pour l'enfant",
    "naturalisation": "devenir français ou française",
    "débouté*": "dont la demande a été refusée",
    "primo-arrivant*": "une personne qui arrive en France pour la première fois",
    "quotient familial": "un nombre calculé avec les revenus et les enfants",
}
RARE = {
    "solliciter": "demander",
    "sollicitez": "demandez",
    "notifi*": "dire par écrit",
    "s'acquitter": "payer",
    "acquittez": "payez",
    "effectuer": "faire",
    "effectuez": "faites",
    "bénéficier": "avoir, recevoir",
    "bénéficiez": "avez, recevez",
    "préalablement": "avant",
    "préalable": "avant",
    "ultérieurement": "plus tard",
    "ultérieur*": "plus tard",
    "afin de": "pour",
    "afin que": "pour que",
    "afférent*": "qui va avec",
    "attester": "prouver, montrer",
    "stipul*": "dire",
    "proroger": "prolonger",
    "prorog*": "prolonger",
    "résilier": "arrêter",
    "obtention": "« pour avoir »",
    "délivrance": "« quand on vous donne »",
    "requérir": "demander",
    "requis": "demandé",
    "requise": "demandée",
    "modalités": "façons de faire",
    "préjudice": "tort, dommage",
    "nécessiter": "demander",
    "occasionner": "causer",
    "postérieur*": "après",
    "antérieur": "avant",
    "antérieure": "avant",
    "adresser un courrier": "écrire",
    "en cas de besoin": "si vous en avez besoin",
    "à compter de": "à partir de",
    "à compter du": "à partir du",
    "dans le cadre de": "pour, pendant",
    "faire l'objet de": "dites ce qui se passe",
    "muni de": "avec",
    "munie de": "avec",
    "instruire": "étudier",
    "instruit": "étudié",
    "instruction de votre": "étude de votre",
    "instruction du dossier": "étude du dossier",
}
_BE = r"(?:est|sont|sera|seront|était|étaient|a été|ont été|avait été|serait|seraient|soit|soient)"

FRENCH = Lexicon(
    heavy=HEAVY,
    trade=TRADE,
    rare=RARE,
    known=EVERYWHERE | {"IV"},
    abbreviations=("art", "M", "Mme", "Mlle", "Dr", "p", "etc", "ex", "n°", "L", "R", "D", "al", "tél", "cf"),
    heavy_words=words(HEAVY),
    trade_words=words(TRADE),
    rare_words=words(RARE),
    passive=re.compile(
        rf"\b{_BE}\s+(?:\w+ment\s+)?\w{{3,}}(?:é|ée|és|ées|ie?s?|ue?s?|te?s?)\s+(?:\w+ment\s+)?par\s+(?!e-mail|courrier|SMS|mois|an|jour)",
        re.IGNORECASE,
    ),
    by="par",
    twice_no=re.compile(
        r"\bn(?:e\b|['’])[^.?!;:]{1,60}?\b(?:pas|jamais|plus|aucune?)\b[^.?!;:]{0,40}?"
        r"\b(?:sans\s+(?:que|\w+(?:er|ir|re|oir))|impossible|inutile|illégal|interdit de ne|ne pas)\b",
        re.IGNORECASE,
    ),
    empty_link=re.compile(
        r"(?:cliqu\w+\s+(?:ici|là)|ici|lien|ce lien|en savoir plus|lire la suite|voir|plus d['’]infos?)", re.IGNORECASE
    ),
    explains=(
        r"(?:(?:appel\w+|nomm\w+)\s+(?:\w+\s+|l['’])?{word})"
        r"|(?:{word}\s*(?:\(|:|,\s+c['’]est|c['’]est-à-dire|"
        r"(?:est|sont|veut dire|veulent dire)\s+(?:un|une|des|le|la|les|l['’]|du|de)\b))"
        r"|(?:personnes?\s+{word}\s+(?:n['’]|ne\s|est|sont|a\s|ont\s))"
        r"|(?:\(\s*{word}\s*\))"
    ),
)
