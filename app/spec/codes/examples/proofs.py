"""Examples of V codes."""


def _document(condition: str) -> str:
    return f'documents:\n  - id: "proof"\n    title: "Un justificatif"\n    when: {condition}\n'


_HOME = """rules: {}
steps:
  - id: "home"
    title: "Votre logement"
    fields:
      - {id: "moved", kind: "yes_no", label: "Avez-vous déménagé ?"}
      - {id: "rooms", kind: "whole_number", label: "Combien de pièces ?"}
%s"""
_MOVE = '      - {id: "move_date", kind: "date", label: "Quel jour ?", when: %s}\n'
_STATUS = """rules: {}
steps:
  - id: "status"
    title: "Votre situation"
    fields:
      - id: "status"
        kind: "radios"
        label: "Que faites-vous ?"
        choices: [{id: "student", label: "Des études"}, {id: "worker", label: "Un travail"}]
%s"""
_SCHOOL = '      - {id: "school", kind: "yes_no", label: "Êtes-vous inscrit ?", when: {status: "student"}}\n'
_REFUSED = """    checks:
      - {when: {%s}, says: "Cette réponse n'est pas possible.", level: "%s", at: "status"}
"""
_OUTCOME = """outcomes:
  - {id: "told", when: %s, title: "À savoir", body: "Lisez bien."}
"""
_CHANNEL = """channels:
  anef: {kind: "external", title: "Le site des démarches", source: "R431-2", when: %s}
  paper: {kind: "post", title: "Par courrier", source: "R431-2"}
"""
_DOUBT = """rules: {}
steps:
  - id: "many"
    title: "Beaucoup de dates"
    fields:
%s%s"""
_DAYS = "".join(
    f'      - {{id: "day{n}", kind: "date", label: "Quel jour {n} ?", unknown_parts: ["day"]}}\n' for n in range(6)
)
_LATEST = 'derived:\n  last: {latest: ["day0", "day1", "day2", "day3", "day4", "day5"]}\n'
_LIMITS = """rules: {}
steps:
  - id: "stay"
    title: "Votre séjour"
    fields:
      - {id: "arrival", kind: "date", label: "Quel jour êtes-vous arrivé ?"}
  - id: "permit"
    title: "Votre titre"
    fields:
      - {id: "permit_start", kind: "date", label: "Début ?", not_after: "today"%s}
"""

PROOFS: dict[str, tuple[str, str]] = {
    "V00": (
        _DOUBT % (_DAYS, _LATEST) + _document('{last: {before: "2026-01-01"}}'),
        _DOUBT % (_DAYS[: _DAYS.index("\n") + 1], "") + _document('{day0: {before: "2026-01-01"}}'),
    ),
    "V01": (
        _HOME % (_MOVE % '{moved: "yes", rooms: {less_than: 0}}'),
        _HOME % (_MOVE % '{moved: "yes", rooms: {less_than: 2}}'),
    ),
    "V02": (
        _STATUS % (_REFUSED % ('status: "worker"', "error")),
        _STATUS % (_REFUSED % ('status: "worker"', "advice")),
    ),
    "V03": (
        _document("{hours: {more_than: 35, less_than: 20}}"),
        _document("{hours: {more_than: 20, less_than: 35}}"),
    ),
    "V04": (
        _OUTCOME % '{moved: "no", move_date: {answered: "yes"}}',
        _OUTCOME % '{moved: "yes", move_date: {before: "2026-01-01"}}',
    ),
    "V05": (_CHANNEL % "{hours: {at_least: 20, at_most: 10}}", _CHANNEL % "{hours: {at_least: 10, at_most: 20}}"),
    "V06": (_document("{hours: {at_least: 0}}"), _document("{hours: {at_least: 10}}")),
    "V07": (
        'fees:\n  - {fact: "stamp", when: {hours: {more_than: 20, less_than: 10}}}\n',
        'fees:\n  - {fact: "stamp", when: {hours: {more_than: 10, less_than: 20}}}\n',
    ),
    "V08": (
        _document("{any: [{hours: {at_least: 18}}, {hours: {at_least: 20}}]}"),
        _document("{any: [{hours: {at_least: 18}}, {permit_kind: visa}]}"),
    ),
    "V09": (
        _document('{any: [{hours: {at_most: 10}, moved: "no"}, {moved: "yes"}]}'),
        _document('{any: [{hours: {at_most: 10}}, {moved: "yes"}]}'),
    ),
    "V10": (
        _STATUS % _SCHOOL + _document('{any: [{status: "worker", school: "no"}, {status: "student"}]}'),
        _STATUS % _SCHOOL + _document('{status: "student", school: "no"}'),
    ),
    "V11": (
        'declarations:\n  - {id: "truth", text: "J\'ai déménagé le {answer.move_date}."}\n',
        'declarations:\n  - {id: "truth", when: {moved: "yes"}, text: "J\'ai déménagé le {answer.move_date}."}\n',
    ),
    "V12": (
        'channels:\n  anef: {kind: "external", title: "Le site web", source: "R431-2", when: {moved: "yes"}}\n',
        'channels:\n  anef: {kind: "external", title: "Le site web", source: "R431-2"}\n',
    ),
    "V13": (
        'contacts:\n  - {title: "Le site de l\'État", url: "https://www.service-public.fr/"}\n',
        'contacts:\n  - {title: "Le centre de contact", phone: "0 806 001 620"}\n',
    ),
    "V14": (
        _LIMITS % ', not_before: "arrival"',
        _LIMITS.replace('arrivé ?"', 'arrivé ?", not_after: "today"') % ', not_before: "arrival"',
    ),
}
