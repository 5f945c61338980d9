"""Examples of S codes."""

SHAPE: dict[str, tuple[str, str]] = {
    "S01": ('titel: "Une démarche"\n', 'title: "Une démarche"\n'),
    "S02": (
        'contacts:\n  - phone: "0 806 001 620"\n',
        'contacts:\n  - title: "Le centre de contact"\n    phone: "0 806 001 620"\n',
    ),
    "S03": ("title: 2026\n", 'title: "2026"\n'),
    "S04": ('sources:\n  - title: "CESEDA"\n    kind: "loi"\n', 'sources:\n  - title: "CESEDA"\n    kind: "law"\n'),
    "S05": ("contacts: []\n", 'contacts:\n  - title: "Le centre"\n    phone: "0 806 001 620"\n'),
    "S06": ('review_by: "20/02/2027"\n', 'review_by: "2027-02-20"\n'),
    "S07": ('lists:\n  europe: ["BE", "BE"]\n', 'lists:\n  europe: ["BE", "DE"]\n'),
    "S08": ("summary:\n", 'summary: "Une petite démarche."\n'),
    "S09": (
        '# bloc\nblock: "contacts"\nfields:\n  - id: "phone"\n    kind: "phone"\n    label: "Téléphone"\n',
        '# bloc\nblock: "contact"\nfields:\n  - id: "phone"\n    kind: "phone"\n    label: "Téléphone"\n',
    ),
    "S10": (
        'facts:\n  stamp: {periods: [{value: "50", unit: "EUR", source: "L436-7"}]}\n',
        'facts:\n  stamp: {periods: [{value: 50, unit: "EUR", source: "L436-7"}]}\n',
    ),
}
