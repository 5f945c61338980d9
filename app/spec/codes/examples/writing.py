"""Examples of Y codes."""

_MONEY = """facts:
  stamp: {{periods: [{{value: 50, unit: "EUR", source: "L436-7"}}]}}
  delay: {{periods: [{{value: 3, unit: "months", source: "R431-23"}}]}}
  money:
    periods:
      - value: {}
        unit: "EUR"
        source: "R422-5"
"""

WRITING: dict[str, tuple[str, str]] = {
    "Y01": ('# fichier\nsummary: "Un texte de plus de 512 Ko…"\n', 'summary: "Un texte court."\n'),
    "Y02": ('# fichier\ntitle: "Enregistré en Latin-1 : é"\n', 'title: "Enregistré en UTF-8 : é"\n'),
    "Y03": ("lists: " + "[" * 45 + "]" * 45 + "\n", 'lists:\n  europe: ["BE", "DE"]\n'),
    "Y04": ("# fichier\n# Un fichier qui ne contient qu'un commentaire.\n", 'title: "Une démarche"\n'),
    "Y05": ('# fichier\ntitle: "Une démarche"\n---\ntitle: "Une autre"\n', 'title: "Une démarche"\n'),
    "Y06": (
        'lists:\n  europe: &pays ["BE", "DE"]\n  voisins: *pays\n',
        'lists:\n  europe: ["BE", "DE"]\n  voisins: ["BE", "DE"]\n',
    ),
    "Y07": ("title: ! Important\n", 'title: "! Important"\n'),
    "Y08": ('lists:\n  {europe}: ["BE"]\n', 'lists:\n  europe: ["BE"]\n'),
    "Y09": ('title: "Un titre"\nlists:\n  europe: ["BE"]\n  europe: ["DE"]\n', 'lists:\n  europe: ["BE", "DE"]\n'),
    "Y10": ("lists:\n  codes: [01000, 12:30]\n", 'lists:\n  codes: ["01000", "12:30"]\n'),
    "Y11": ("title: Une démarche\n  qui continue\n", 'title: "Une démarche qui continue"\n'),
    "Y12": ('title: "Une\x07 démarche"\n', 'title: "Une démarche"\n'),
    "Y13": ('lists:\n\teurope: ["BE"]\n', 'lists:\n  europe: ["BE"]\n'),
    "Y14": ('title\u00a0: "Une démarche"\n', 'title: "Une démarche"\n'),
    "Y15": ("title: Dossier #3\n", 'title: "Dossier #3"\n'),
    "Y16": ("title: “Une démarche”\n", 'title: "Une démarche"\n'),
    "Y17": ("# fichier\n", 'title: "Une démarche"\n'),
    "Y18": (_MONEY.format("877,50"), _MONEY.format("877.50")),
    "Y19": (
        "contacts:\n  - {title: Le centre, tous les jours, phone: 0 806 001 620}\n",
        'contacts:\n  - {title: "Le centre, tous les jours", phone: "0 806 001 620"}\n',
    ),
    "Y20": ('lists:\n  europe: ["BE"]\n other: ["DE"]\n', 'lists:\n  europe: ["BE"]\n  other: ["DE"]\n'),
    "Y21": ('title: "Une démarche\n', 'title: "Une démarche"\n'),
    "Y22": ("title: 'Acte de l'enfant'\n", 'title: "Acte de l\'enfant"\n'),
    "Y23": ('title: "La carte dite "verte" du conjoint"\n', 'title: "La carte dite « verte » du conjoint"\n'),
    "Y24": ("title: {fact.stamp} à payer\n", 'title: "{fact.stamp} à payer"\n'),
    "Y26": ('lists:\n  europe: ["BE", "DE"\ntitle: "Une démarche"\n', 'lists:\n  europe: ["BE", "DE"]\n'),
    "Y27": ('lists\n  europe: ["BE", "DE"]\n', 'lists:\n  europe: ["BE", "DE"]\n'),
    "Y25": ("title: Attention : lisez ceci\n", 'title: "Attention : lisez ceci"\n'),
    "Y28": (
        'contacts:\n  -title: "Le centre de contact"\n    phone: "0 806 001 620"\n',
        'contacts:\n  - title: "Le centre de contact"\n    phone: "0 806 001 620"\n',
    ),
    "Y29": ("title: « Une démarche »\n", 'title: "Une démarche"\n'),
}
