"""Examples of R codes."""


def _document(line: str) -> str:
    return f'documents:\n  - id: "proof"\n    title: "Un justificatif"\n    {line}\n'


def _use(lines: str) -> str:
    step = 'steps:\n  - id: "contact"\n    title: "Pour vous joindre"\n    use:\n      block: "contact"\n'
    return f"{step}{lines}rules: {{}}\n"


def _along(given: str) -> str:
    way = f'{{title: "Recommencer", procedure: "exemple", with: {{{given}}}}}'
    return f"""outcomes:
  - id: "again"
    when: {{permit_kind: "visa"}}
    title: "Recommencez"
    body: "Faites une autre demande."
    go_to: [{way}]
"""


_REPEATED = """derived:
  first: {{latest: ["{first}"]}}
  second: {{latest: ["first", "move_date"]}}
"""

REFERENCES: dict[str, tuple[str, str]] = {
    "R01": (_document('when: {mooved: "yes"}'), _document('when: {moved: "yes"}')),
    "R02": (_document('when: {rule: "moved_house"}'), _document('when: {rule: "has_moved"}')),
    "R03": (_document('when: {address.country: {in: "europa"}}'), _document('when: {address.country: {in: "europe"}}')),
    "R04": (
        'tables:\n  offices: {file: "prefecture.csv", key: "department"}\n',
        'tables:\n  offices: {file: "prefectures.csv", key: "department"}\n',
    ),
    "R05": ('fees:\n  - fact: "stamps"\n', 'fees:\n  - fact: "stamp"\n'),
    "R06": (
        'steps:\n  - id: "contact"\n    title: "Pour vous joindre"\n    use: "contacts"\nrules: {}\n',
        'steps:\n  - id: "contact"\n    title: "Pour vous joindre"\n    use: "contact"\nrules: {}\n',
    ),
    "R07": (_use('      optional: ["telephone"]\n'), _use('      optional: ["phone"]\n')),
    "R08": (_document('channels: ["anf"]'), _document('channels: ["anef"]')),
    "R09": (
        ('declarations:\n  - id: "truth"\n    text: "C\'est vrai."\n  - id: "truth"\n    text: "Je paie."\n'),
        'declarations:\n  - id: "truth"\n    text: "C\'est vrai."\n  - id: "payment"\n    text: "Je paie."\n',
    ),
    "R10": ('procedure: "help"\n', 'procedure: "student-help"\n'),
    "R11": (_REPEATED.format(first="second"), _REPEATED.format(first="move_date")),
    "R12": ('title: "Payer {stamp}"\n', 'title: "Payer {fact.stamp}"\n'),
    "R14": (
        'retired: ["moved"]\n',
        'retired: ["has_changed_house"]\n',
    ),
    "R15": (_along('moved: "maybe"'), _along('moved: "yes"')),
    "R16": (
        'file_between:\n  opens: "move_date"\n  late: {fee: "stamp", says: "Vous payez plus."}\n',
        'file_between:\n  closes: "move_date"\n  late: {fee: "stamp", says: "Vous payez plus."}\n',
    ),
    "R13": ('file_between:\n  opens: "moved"\n', 'file_between:\n  opens: "move_date"\n'),
}
