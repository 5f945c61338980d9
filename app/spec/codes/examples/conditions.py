"""Examples of C codes."""


def _document(condition: str) -> str:
    return f'documents:\n  - id: "proof"\n    title: "Un justificatif"\n    when: {condition}\n'


def _step(second: str, unknown: str = "") -> str:
    return f"""rules: {{}}
steps:
  - id: "move"
    title: "Votre logement"
    fields:
      - id: "moved"
        kind: "yes_no"
        label: "Avez-vous déménagé ?"
{unknown}{second}"""


def _late(name: str) -> str:
    return f"""      - id: "move_date"
        kind: "date"
        label: "Quel jour ?"
        when: {{{name}: "yes"}}
      - id: "alone"
        kind: "yes_no"
        label: "Habitez-vous seul ?"
"""


def _since(unit: str) -> str:
    return f"""derived:
  since: {{between: ["move_date", "today"], unit: "{unit}"}}
documents:
  - {{id: "proof", title: "Un justificatif", when: {{since: {{more_than: {{fact: "delay"}}}}}}}}
"""


_WHEN = '      - id: "date"\n        kind: "date"\n        label: "Quel jour ?"\n        when: {moved: "yes"}\n'
_UNKNOWN = '        unknown: {label: "Je ne sais pas"}\n'

CONDITIONS: dict[str, tuple[str, str]] = {
    "C01": (_document("{hours: {plus: 10}}"), _document("{hours: {more_than: 10}}")),
    "C02": (_document('{changes: "name"}'), _document('{changes: {includes: "name"}}')),
    "C03": (_document('{permit_kind: "viza"}'), _document('{permit_kind: "visa"}')),
    "C04": (_document('{hours: {more_than: "dix"}}'), _document("{hours: {more_than: 10}}")),
    "C05": (_step(_late("alone")), _step(_late("moved"))),
    "C06": (
        _document('{none: [{move_date: {before: "2026-01-01"}}]}'),
        _document('{moved: "yes", none: [{move_date: {before: "2026-01-01"}}]}'),
    ),
    "C07": (_step(_WHEN, _UNKNOWN), _step(_WHEN, _UNKNOWN.replace('"}', '", otherwise: "no"}'))),
    "C08": (
        _document('{child_birth: {before: "2020-01-01"}}'),
        _document('{any_item: {of: "children", when: {child_birth: {before: "2020-01-01"}}}}'),
    ),
    "C09": (_document('{address: "france"}'), _document('{address.kind: "france"}')),
    "C10": (_document("{hours: {between: [20, 10]}}"), _document("{hours: {between: [10, 20]}}")),
    "C11": (
        _document('{any_item: {of: "enfants", when: {child_birth: {answered: "yes"}}}}'),
        _document('{any_item: {of: "children", when: {child_birth: {answered: "yes"}}}}'),
    ),
    "C12": (
        _document('{move_date: {more_than_ago: {fact: "stamp"}}}'),
        _document('{move_date: {more_than_ago: {fact: "delay"}}}'),
    ),
    "C15": (_since("days"), _since("months")),
    "C13": (_document('{moved: {unknown: "yes"}}'), _document('{moved: "yes"}')),
    "C14": (_step(_WHEN, _UNKNOWN), _step(_WHEN, _UNKNOWN.replace('"}', '", otherwise: "no"}'))),
}
