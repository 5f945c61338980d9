"""Examples of M and T codes."""


def _fact(periods: str) -> str:
    delay = '  delay: {periods: [{value: 3, unit: "months", source: "R431-23"}]}\n'
    return f"facts:\n  stamp:\n    periods:\n{periods}{delay}"


def _two(until: str) -> str:
    return _fact(
        f'      - {{value: 25, unit: "EUR", until: "{until}", source: "L436-7"}}\n'
        '      - {value: 50, unit: "EUR", from: "2026-01-01", source: "L436-7"}\n'
    )


def _stop(lines: str) -> str:
    return f"""outcomes:
  - id: "not_concerned"
    effect: "stop"
    when: {{moved: "no"}}
    title: "Rien à déclarer"
    body: "Vous n'avez rien à faire."
{lines}"""


def _channel(lines: str) -> str:
    return f'channels:\n  anef:\n    kind: "external"\n    title: "Le site des démarches"\n{lines}'


def _sayable(word: str, kind: str, need: str = "required") -> str:
    way = f'channels:\n  way:\n    kind: "{kind}"\n    title: "Déposer"\n    source: "R431-2"\n'
    paper = '  - id: "deed"\n    title: "Acte de naissance"\n'
    return f'{way}documents:\n{paper}    need: "{need}"\n    may_say: ["{word}"]\n'


def _born(keys: str) -> str:
    fields = f'[{{id: "born", kind: "date", {keys}}}]'
    return f'rules: {{}}\nsteps:\n  - {{id: "you", title: "Vous", fields: {fields}}}\n'


def _question(lines: str, kind: str = "radios") -> str:
    step = 'rules: {}\nsteps:\n  - id: "permit"\n    title: "Votre titre"\n    fields:\n'
    return f'{step}      - id: "permit_kind"\n        kind: "{kind}"\n        label: "Votre titre ?"\n{lines}'


_CHOICES = (
    '        choices:\n          - {id: "visa", label: "Un visa"}\n          - {id: "card", label: "Une carte"}\n'
)
_AGAIN = '      - {{id: "other_permit", kind: "text", label: "{label}"}}\n'


def _number(more: str) -> str:
    step = 'rules: {}\nsteps:\n  - id: "permit"\n    title: "Votre titre"\n    fields:\n      - id: "number"\n'
    return f'{step}        kind: "permit_number"\n        label: "Numéro du titre ?"\n{more}'


def _name(more: str) -> str:
    step = 'rules: {}\nsteps:\n  - id: "you"\n    title: "Vous"\n    fields:\n'
    return f'{step}      - {{id: "first_names", kind: "name", label: "Vos prénoms ?", {more}}}\n'


_PHONE = '    go_to:\n      - {title: "Appelez", phone: "0 806 001 620"}\n'
_SOURCE = '    source: "R431-23"\n'
_SAME = (
    '      - {id: "first", kind: "email", label: "E-mail"}\n'
    '      - {id: "second", kind: "%s", label: "Autre", same_as: "first"}\n'
)

MEANING: dict[str, tuple[str, str]] = {
    "M01": (_two("2025-11-30"), _two("2025-12-31")),
    "M02": (_two("2026-01-15"), _two("2025-12-31")),
    "M03": (
        'facts:\n  stamp: {fallback: "À vérifier."}\n',
        'facts:\n  stamp: {periods: [{value: 50, unit: "EUR", source: "L436-7"}]}\n',
    ),
    "M04": (_stop(_PHONE), _stop(_SOURCE + _PHONE)),
    "M05": (_stop(_SOURCE), _stop(_SOURCE + _PHONE)),
    "M06": (_channel(""), _channel('    source: "R431-2"\n')),
    "M07": (
        'valid_from: "2027-01-01"\nvalid_until: "2026-12-31"\n',
        'valid_from: "2027-01-01"\nvalid_until: "2027-12-31"\n',
    ),
    "M08": (_question(""), _question(_CHOICES)),
    "M09": (
        'derived:\n  closes: {date_plus: ["move_date", "stamp"]}\n',
        'derived:\n  closes: {date_plus: ["move_date", "delay"]}\n',
    ),
    "M10": (_stop(_SOURCE + _PHONE.replace("phone:", 'url: "https://example.fr/", phone:')), _stop(_SOURCE + _PHONE)),
    "M11": (
        'documents:\n  - id: "proof"\n    title: "Un justificatif"\n    files: {min: 3, max: 2}\n',
        'documents:\n  - id: "proof"\n    title: "Un justificatif"\n    files: {min: 2, max: 3}\n',
    ),
    "M12": (_question(_CHOICES + _SAME % "phone"), _question(_CHOICES + _SAME % "email")),
    "M13": (_channel('    files: "no"\n'), _channel('    source: "R431-2"\n')),
    "M14": (
        _fact('      - {value: 50, unit: "EUR"}\n'),
        _fact('      - {value: 50, unit: "EUR", needs_review: "yes"}\n'),
    ),
    "M16": (
        'summary: {text: "Nul n\'est censé ignorer la loi.", verbatim: "yes"}\n',
        'summary: {text: "Nul n\'est censé ignorer la loi.", verbatim: "yes", source: "Adage"}\n',
    ),
    "M15": ('review_by: "2027-02-30"\n', 'review_by: "2027-02-28"\n'),
    "T01": ('checked_on: "2026-01-20"\nreview_by: "2026-11-01"\n', 'review_by: "2027-02-20"\n'),
    "T02": ('valid_until: "2026-11-23"\n', 'valid_until: "2026-11-24"\n'),
    "M17": (_number(""), _number('        hint: "Devant, en haut à droite."\n')),
    "M18": (_name('autocomplete: "firstname"'), _name('autocomplete: "given-name"')),
    "M19": (_name('hint: "Tous les prénoms."'), _name('autocomplete: "given-name"')),
    "M20": (
        'summary: "Voir le [site des timbres](http://timbres.impots.gouv.fr/)."\n',
        'summary: "Voir le [site des timbres](https://timbres.impots.gouv.fr/)."\n',
    ),
    "M21": (
        'contacts:\n  - title: "Le centre de contact"\n',
        'contacts:\n  - title: "Le centre de contact"\n    phone: "0 806 001 620"\n',
    ),
    "M22": (
        _channel('    source: "R431-2"\n    formats: ["jpeg"]\n'),
        _channel('    source: "R431-2"\n    formats: ["pdf", "jpeg"]\n'),
    ),
    "M23": (
        'lists:\n  europe: ["BE", "DE"]\n' + _question('        options_from: "europe"\n', "select"),
        _question(_CHOICES, "select"),
    ),
    "M24": (
        _question(_CHOICES + _AGAIN.format(label="Votre titre ?")),
        _question(_CHOICES + _AGAIN.format(label="Votre autre titre ?")),
    ),
    "M28": (_born('label: "Date de naissance ?"'), _born('label: "Date de naissance ?", birth: "yes"')),
    "M25": ('kind: "router"\n', 'kind: "procedure"\n'),
    "M26": (_sayable("will_bring", "external"), _sayable("will_bring", "counter")),
    "M27": (_sayable("do_not_have", "external", "optional"), _sayable("do_not_have", "external")),
    "T03": (
        _fact('      - {value: 50, unit: "EUR", until: "2026-10-31", source: "L436-7"}\n'),
        _fact('      - {value: 50, unit: "EUR", until: "2026-12-31", source: "L436-7"}\n'),
    ),
}
