"""What an applicant reads when an answer cannot be taken, or may hold a slip. One French sentence or two per (kind,
code).

`{label}` is the question; other placeholders are the problem's parameters. A message names the question and says what
to do. An author's own `errors` come before these. Texts are marked for extraction by `_` and translated where they are
shown.
"""

from __future__ import annotations

from collections.abc import Mapping


def _(source: str) -> str:
    return source


ANY = "*"

MESSAGES: Mapping[tuple[str, str], str] = {
    (ANY, "required"): _("Répondez à la question « {label} »."),
    (ANY, "too_long"): _("« {label} » : écrivez {max} signes au plus."),
    (ANY, "characters"): _(
        "« {label} » : un signe ne peut pas être lu. Écrivez seulement des lettres, des chiffres et signes courants."
    ),
    (ANY, "choice"): _("« {label} » : choisissez une des réponses proposées."),
    (ANY, "unknown_and_value"): _(
        "« {label} » : vous avez répondu et coché « {unknown} ». Gardez une seule des deux réponses."
    ),
    (ANY, "specify_required"): _("« {label} » : répondez aussi à « {specify} »."),
    (ANY, "specify_too_long"): _("« {specify} » : écrivez {max} signes au plus."),
    (ANY, "specify_characters"): _(
        "« {specify} » : un signe ne peut pas être lu. Écrivez seulement des lettres et des chiffres."
    ),
    (ANY, "length"): _("« {label} » : il faut entre {min} et {max} signes. Vous en avez écrit {length}."),
    ("name", "characters"): _("« {label} » : écrivez seulement les lettres du nom, sans dessin ni symbole."),
    ("name", "digits"): _("« {label} » contient un chiffre. Vérifiez le nom. S'il est juste, continuez."),
    ("name", "no_letter"): _("« {label} » n'a aucune lettre. Vérifiez le nom. S'il est juste, continuez."),
    ("name", "not_latin"): _(
        "« {label} » n'est pas en lettres latines. Votre passeport l'écrit aussi avec elles, et l'administration peut "
        "les demander. Si c'est juste, continuez."
    ),
    ("checkboxes", "exclusive"): _("« {label} » : cochez « {exclusive} » seulement, ou les autres réponses."),
    ("nationality", "stateless"): _(
        "« Apatride » veut dire : aucune nationalité. Vérifiez vos réponses. Si elles sont justes, continuez."
    ),
    ("nationality", "repeated"): _(
        "« {label} » : la même nationalité est choisie plusieurs fois. Elle est notée une seule fois."
    ),
    ("date", "day_missing"): _("« {label} » : écrivez le jour."),
    ("date", "month_missing"): _("« {label} » : écrivez le mois."),
    ("date", "year_missing"): _("« {label} » : écrivez l'année."),
    ("date", "day"): _("« {label} » : le jour est un nombre de 1 à 31."),
    ("date", "month"): _("« {label} » : le mois est un nombre de 1 à 12, ou un nom comme « mars »."),
    ("date", "year"): _("« {label} » : l'année a quatre chiffres, par exemple 2018."),
    ("date", "year_two_digits"): _(
        "« {label} » : écrivez l'année avec ses quatre chiffres, par exemple 1998 et non 98."
    ),
    ("date", "year_calendar"): _(
        "« {label} » : l'année est entre 1900 et 2100. Prenez l'année du calendrier français, comme sur le passeport."
    ),
    ("date", "impossible"): _("« {label} » : ce mois a {max} jours. Vérifiez le jour et le mois."),
    ("date", "too_late"): _("« {label} » : la date doit être le {limit} ou avant."),
    ("date", "too_late_today"): _("« {label} » : la date doit être aujourd'hui ou avant."),
    ("date", "too_early"): _("« {label} » : la date doit être le {limit} ou après."),
    ("date", "too_old"): _("« {label} » : vérifiez l'année. La personne aurait plus de {most} ans."),
    ("date", "too_early_today"): _("« {label} » : la date doit être aujourd'hui ou après."),
    ("email", "spaces"): _("« {label} » : enlevez les espaces de l'adresse e-mail."),
    ("email", "at"): _("« {label} » : l'adresse e-mail contient un seul signe @, par exemple nom@exemple.fr."),
    ("email", "name"): _("« {label} » : vérifiez ce qui est avant le signe @, par exemple nom@exemple.fr."),
    ("email", "domain"): _("« {label} » : vérifiez ce qui est après le signe @, par exemple nom@exemple.fr."),
    ("email", "characters"): _("« {label} » : enlevez les virgules, parenthèses et guillemets de l'adresse e-mail."),
    ("email", "too_long"): _(
        "« {label} » : cette adresse est trop longue. Vérifiez que vous avez écrit une seule adresse."
    ),
    ("email", "slip"): _("« {label} » : vouliez-vous écrire {better} ? Si votre adresse est juste, continuez."),
    ("phone", "characters"): _("« {label} » : écrivez seulement des chiffres, avec un + devant pour un autre pays."),
    ("phone", "too_short"): _("« {label} » : il manque des chiffres. Un numéro français a 10 chiffres."),
    ("phone", "too_long"): _("« {label} » : il y a trop de chiffres. Un numéro français a 10 chiffres."),
    ("phone", "country"): _("« {label} » : vérifiez l'indicatif du pays, par exemple +33 pour la France."),
    ("phone", "number"): _(
        "« {label} » : écrivez un numéro comme 06 39 98 12 34. Pour un autre pays, commencez par +."
    ),
    ("whole_number", "not_number"): _("« {label} » : écrivez un nombre en chiffres, par exemple 12."),
    ("whole_number", "decimal"): _("« {label} » : écrivez un nombre entier, sans virgule ni point."),
    ("whole_number", "too_small"): _("« {label} » : écrivez {min} ou plus."),
    ("whole_number", "too_large"): _("« {label} » : écrivez {max} ou moins."),
    ("amount", "not_number"): _("« {label} » : écrivez une somme en chiffres, par exemple 1 234,56."),
    ("amount", "ambiguous"): _("« {label} » : écrivez {without}, ou {cents} avec deux chiffres après la virgule."),
    ("amount", "cents"): _("« {label} » : écrivez deux chiffres au plus après la virgule."),
    ("amount", "too_small"): _("« {label} » : écrivez {min} ou plus."),
    ("amount", "too_large"): _("« {label} » : écrivez {max} ou moins."),
    ("address", "kind_missing"): _(
        "« {label} » : dites si l'adresse est en France, dans un autre pays, ou s'il n'y en a pas."
    ),
    ("address", "line_missing"): _("« {label} » : écrivez le numéro et la rue, ou le lieu-dit."),
    ("address", "postcode_missing"): _("« {label} » : écrivez le code postal."),
    ("address", "city_missing"): _("« {label} » : écrivez la ville."),
    ("address", "department_missing"): _("« {label} » : choisissez le département, Corse-du-Sud ou Haute-Corse."),
    ("address", "country_missing"): _("« {label} » : choisissez le pays."),
    ("address", "postcode"): _(
        "« {label} » : vérifiez le code postal. En France, il a cinq chiffres, par exemple 75010."
    ),
    ("address", "country"): _("« {label} » : choisissez un autre pays que la France, ou choisissez « En France »."),
    ("foreigner_number", "characters"): _(
        "« {label} » : écrivez seulement des chiffres. Ce n'est pas le numéro de la carte."
    ),
    ("foreigner_number", "length"): _("« {label} » : il faut 8, 9 ou 10 chiffres. Vous en avez écrit {length}."),
    ("foreigner_number", "not_ten"): _(
        "« {label} » a souvent 10 chiffres. Vous en avez écrit {length}. Si c'est juste, continuez."
    ),
    ("passport_number", "characters"): _(
        "« {label} » : écrivez seulement des lettres de A à Z et des chiffres, comme sur le passeport."
    ),
    ("visa_number", "characters"): _(
        "« {label} » : écrivez seulement des lettres de A à Z et des chiffres, comme sur le visa."
    ),
    ("visa_number", "unusual"): _(
        "« {label} » : un visa français a 9 chiffres, parfois après FRA. Si votre numéro est juste, continuez."
    ),
    ("permit_number", "characters"): _(
        "« {label} » : écrivez seulement des lettres de A à Z et des chiffres, comme sur la carte."
    ),
    ("e_photo", "characters"): _("« {label} » : le code a seulement des lettres de A à Z et des chiffres."),
    ("e_photo", "one_missing"): _(
        "« {label} » : il manque un signe. Le code en a 22. Vérifiez la lettre O et le chiffre 0."
    ),
    ("e_photo", "length"): _(
        "« {label} » : le code a 22 signes. Vous en avez écrit {length}. Vérifiez la lettre O et le chiffre 0."
    ),
    ("fiscal_stamp", "characters"): _(
        "« {label} » : le numéro a seulement des chiffres. Écrivez le chiffre 0, pas la lettre O."
    ),
    ("fiscal_stamp", "length"): _("« {label} » : le numéro a 16 chiffres. Vous en avez écrit {length}."),
}


def message(kind: str, code: str) -> str:
    """The French message of a code of a kind; KeyError when there is none, which a test forbids."""
    found = MESSAGES.get((kind, code))
    return MESSAGES[ANY, code] if found is None else found
