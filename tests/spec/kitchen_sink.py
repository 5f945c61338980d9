"""One procedure that says everything the language can say: the sample that must compile whole."""

from __future__ import annotations

IDENTITY = """
block: "identity"
title: "L'identité"
fields:
  - id: "birth_name"
    kind: "name"
    label: "Nom de naissance"
    autocomplete: "family-name"
  - id: "used_name"
    kind: "name"
    label: "Nom d'usage"
    required: "no"
  - id: "birth_date"
    kind: "date"
    label: "Date de naissance"
    not_after: "today"
    unknown_parts: ["day"]
  - id: "nationality"
    kind: "nationality"
    label: "Nationalité"
    multiple: "yes"
  - id: "permit_number"
    kind: "permit_number"
    label: "Numéro du titre"
checks:
  - {when: {birth_date: {before: "1900-01-01"}}, says: "Vérifiez.", level: "advice", at: "birth_date"}
facts:
  deed_age: {periods: [{value: 6, unit: "months", source: "F35807"}]}
retired: ["maiden_name"]
documents:
  - id: "birth_deed"
    title: "Acte de naissance"
    when: {rule: "is_adult"}
  - id: "used_name_deed"
    title: "Preuve du nom d'usage"
    when: {used_name: {answered: "yes"}}
    one_of: [["marriage"], ["marriage", "court"]]
parts:
  marriage: {title: "Acte de mariage"}
  court: {title: "Jugement", hint: "La décision du juge."}
lists:
  neighbours: ["BE", "DE"]
rules:
  is_adult: {says: "Majeur", when: {age: {at_least: 18}}, source: "Code civil, article 414"}
  neighbour: {says: "Voisin", when: {nationality: {includes_any: "neighbours"}}}
derived:
  age: {years_at: ["birth_date", "today"]}
"""

OFFICES = "department,name,address\n94,Préfecture du Val-de-Marne,Créteil\n95,Préfecture du Val-d'Oise,Cergy\n"

HEAD = """
procedure: "kitchen-sink"
kind: "procedure"
language: "fr"
title: "Tout dire"
summary:
  text: "Une démarche qui dit tout."
  verbatim: "yes"
  source: "Nous"
  accept: {codes: ["L01"], because: "C'est le texte officiel."}
for: ["Vous habitez en France."]
not_for: ["Vous êtes français."]
authority: "La préfecture"
sources:
  - title: "CESEDA"
    kind: "law"
    reference: "R431-5"
    url: "https://www.legifrance.gouv.fr/"
    checked_on: "2026-11-20"
checked_on: "2026-11-20"
review_by: "2027-02-20"
valid_from: "2026-01-01"
valid_until: "2029-12-31"
suspended:
  since: "2026-11-22"
  title: "Fermé"
  body: "Le service ferme."
  go_to: [{title: "Une autre démarche", procedure: "other-one", carry: ["changes"], with: {moved: "yes"}}]
facts:
  stamp:
    as_of: "permit_end"
    periods:
      - {value: 25, unit: "EUR", until: "2025-12-31", source: "L436-7"}
      - {value: 50.50, unit: "EUR", from: "2026-01-01", needs_review: "yes"}
    fallback: "Voir le site des timbres."
  proof_age:
    conflict:
      - {value: 3, unit: "months", source: "F35807"}
      - {value: 6, unit: "months", source: "Préfecture", needs_review: "yes"}
    stricter: "smallest"
  opens: {periods: [{value: 120, unit: "days", from: "unknown", source: "R431-5"}]}
  law_day: {periods: [{value: "2026-05-01", source: "Loi"}]}
lists:
  free_movement: ["AT", "BE"]
  languages: ["fr", "ar"]
tables:
  offices: {file: "offices.csv", key: "department"}
glossary:
  récépissé: {text: "Un papier provisoire.", also: ["attestation"], source: "Nous"}
derived:
  money: {sum: ["salary", "savings"]}
  child_money: {sum: ["allowance"]}
  children_count: {count: "children"}
  changes_count: {count: {of: "changes", choices: ["address", "name"]}}
  permit_months: {between: ["permit_start", "permit_end"], unit: "months"}
  window_opens: {date_minus: ["permit_end", "opens"]}
  window_closes: {date_plus: ["window_opens", "60 days"]}
  first_day: {earliest: ["permit_start", "permit_end"]}
  last_day: {latest: ["permit_start", "2026-01-31"]}
  moved_department: {differs: ["address.department", "old_department"]}
  office: {lookup: {table: "offices", key: "address.department", column: "name"}}
rules:
  late: {says: "En retard", when: {permit_end: {less_than_ahead: {fact: "opens"}, unknown: "no"}}, source: "R431-5",
         needs_review: "no"}
file_between:
  opens: "window_opens"
  closes: "window_closes"
  when: {rule: "late"}
  late: {fee: "stamp", due: "filing", says: "Vous payez plus."}
fees:
  - {fact: "stamp", due: "filing", when: {rule: "late"}, says: "En ligne."}
"""

STEPS = """
steps:
  - id: "start"
    title: "Ce qui a changé"
    private: "no"
    notes: [{text: "Bonjour.", when: {changes: {includes: "address"}}}, {text: "À tous."}]
    picture: {file: "card.svg", alt: "Une carte"}
    fields:
      - id: "changes"
        kind: "checkboxes"
        label: "Qu'est-ce qui a changé ?"
        hint: "Cochez."
        help: "Plusieurs réponses."
        why: "Pour la suite."
        choices:
          - {id: "address", label: "L'adresse", hint: "Un déménagement"}
          - {id: "name", label: "Le nom"}
          - {id: "other", label: "Autre", specify: {label: "Quoi ?"}}
          - {id: "none", label: "Rien", exclusive: "yes"}
      - id: "moved"
        kind: "yes_no"
        label: "Avez-vous déménagé ?"
        when: {changes: {includes_any: ["address", "other"], includes_none: ["none"]}}
        unknown: {label: "Je ne sais pas"}
        errors: {required: "Répondez oui ou non."}
  - id: "permit"
    title: "Votre titre"
    fields:
      - id: "permit_start"
        kind: "date"
        label: "Début"
        not_after: "today"
        unknown: {label: "Je ne sais pas", otherwise: "no"}
      - id: "permit_end"
        kind: "date"
        label: "Fin"
        not_before: "permit_start"
        unknown: {label: "Je ne sais pas", otherwise: "no"}
      - {id: "salary", kind: "amount", label: "Salaire", min: 0, max: 9999.99, unit: "EUR"}
      - {id: "savings", kind: "amount", label: "Économies", required: "no", example: "120"}
      - {id: "hours", kind: "whole_number", label: "Heures"}
      - {id: "language", kind: "select", label: "Langue", options_from: "languages"}
    checks:
      - {when: {hours: {more_than: {fact: "stamp"}}}, says: "Trop d'heures.", level: "advice", at: "hours"}
      - {when: {permit_months: {more_than: 120}}, says: "Trop long.", level: "error"}
  - id: "applicant"
    title: "Vous"
    use: "identity"
    fields:
      - {id: "address", kind: "address", label: "Adresse", allow_none: "yes", allow_abroad: "yes"}
      - {id: "old_department", kind: "department", label: "Ancien département", masked: "yes"}
      - {id: "email", kind: "email", label: "E-mail", autocomplete: "off", subject: "self"}
      - {id: "email2", kind: "email", label: "Autre e-mail", same_as: "email", required: "no"}
  - id: "child"
    title: "L'enfant"
    when: {any: [{changes: {includes: "other"}}, {nationality: {includes_all: ["SN", "ML"]}}]}
    fields:
      - use: {block: "identity", as: "child", subject: "other", except: ["used_name", "used_name_deed"],
              optional: ["permit_number"], required: ["nationality"]}
  - id: "children"
    title: "Vos enfants"
    repeat: {min: 1, max: 5, item: "{answer.first_name}"}
    fields:
      - {id: "first_name", kind: "name", label: "Prénom"}
      - {id: "allowance", kind: "amount", label: "Bourse de {answer.first_name}", when: {first_name: {answered: "yes"}}}
  - id: "kinds"
    title: "Les réglages"
    fields:
      - {id: "free_text", kind: "text", label: "Texte", max_length: 40}
      - {id: "long_free_text", kind: "long_text", label: "Texte long", max_length: 400, rows: 6}
      - {id: "other_name", kind: "name", label: "Nom", max_length: 40}
      - {id: "rooms", kind: "whole_number", label: "Pièces", min: 1, max: 20, unit: "pièces"}
      - {id: "transit", kind: "country", label: "Pays", options_from: "free_movement"}
      - {id: "second", kind: "nationality", label: "Autre nationalité", options_from: "free_movement"}
      - {id: "town_hall", kind: "select", label: "Bureau", options_from: "offices"}
  - id: "each_change"
    title: "Détail"
    repeat: {item: "Changement", for_each: "changes"}
    fields:
      - {id: "change_date", kind: "date", label: "Quel jour ?"}
  - id: "some_changes"
    title: "Autre détail"
    repeat: {for_each: {of: "changes", choices: ["address", "name"]}}
    fields:
      - {id: "change_place", kind: "text", label: "Où ?"}
"""

REST = """
documents:
  - id: "proof_of_address"
    title: "Justificatif de domicile"
    when: {changes: {includes: "address"}}
    need: [{level: "required", when: {address.kind: ["france", "abroad"]}}, {level: "optional"}]
    why: "Pour savoir où vous écrire."
    hint: "Récent."
    help: "Demandez à votre fournisseur."
    source: "F35807"
    one_of: [["bill"], ["host_statement", "host_bill"]]
    issued_within: {fact: "proof_age"}
    files: {min: 1, max: 6}
    formats: ["pdf", "jpeg", "png", "heic"]
    max_size: "10 MB"
    due: "filing"
    channels: ["anef"]
    satisfied_by: "old_department"
    template: "host_statement"
    may_say: ["do_not_have"]
    needs_review: "yes"
  - {id: "child_deed", title: "Acte", for_each: "children", need: "recommended", issued_within: "proof_age"}
parts:
  bill: {title: "Une facture"}
  host_statement: {title: "Une lettre", hint: "Signée"}
  host_bill: {title: "Une facture de l'hôte"}
channels:
  anef:
    kind: "external"
    title: "Le site des démarches"
    url: "https://administration-etrangers-en-france.interieur.gouv.fr/"
    when: {none: [{address.country: {in: "free_movement"}}]}
    how: "Créez un compte."
    files: "yes"
    source: "R431-2"
    screens: [{title: "Votre situation", items: ["changes", "proof_of_address", "permit_months"], note: "Écran 1"}]
    formats: ["pdf"]
    max_size: "5.5 MB"
  counter:
    kind: "counter"
    title: "Le guichet"
    office: "derived.office"
    files: "no"
    helps: "yes"
    needs_review: "yes"
contacts:
  - {title: "Le centre de contact", phone: "0 806 001 620", hours: "Du lundi au vendredi", url: "https://example.fr/",
     email: "contact@example.fr", how: "Appelez.", free: "yes", source: "ANEF", needs_review: "no"}
outcomes:
  - id: "french"
    effect: "stop"
    when:
      any_item: {of: "children", when: {allowance: {between: [1, 10]}}}
      every_item: {of: "children", when: {first_name: {answered: "yes"}}}
    title: "Vous êtes français"
    body: "Voir {derived.office.name} avant le {derived.window_closes}, coût {fact.stamp}, le {today}."
    source: "Code civil"
    needs_review: "no"
    go_to: [{title: "Appelez", phone: "0 806 001 620"}, {title: "Allez", office: "La mairie"}, {title: "Lisez", url: "https://example.fr/"}]
  - id: "unknown_end"
    when:
      all:
        - {permit_end: {unknown: "yes"}}
        - {permit_start: {unknown: "yes"}}
        - {no_item: {of: "children", when: {allowance: {at_least: 1.5, at_most: 3, less_than: 3}}}}
    title: "Cherchez la date"
    body: "Elle est sur la carte."
  - id: "dates"
    effect: "then"
    when:
      permit_end:
        before: "2027-01-01"
        after: {fact: "law_day"}
        on_or_before: "today"
        on_or_after: "2026-01-01"
        unknown: "no"
      permit_start: {more_than_ago: "3 months", less_than_ago: "2 years", unknown: "no"}
      first_day: {less_than_ahead: "1 week", more_than_ahead: "1 day", unknown: "no"}
      old_department: {not_in: ["94"]}
      moved_department: "yes"
      permit_months: {more_than: 1, unknown: "no"}
    title: "Ensuite"
    body: "Faites l'autre démarche."
declarations:
  - {id: "truth", when: {rule: "child.is_adult"}, text: "Je déclare dire vrai.", verbatim: "yes", source: "Code pénal"}
letters:
  - id: "host_statement"
    title: "Attestation d'hébergement"
    when: {changes: {includes: "address"}}
    kind: "letter"
    to: "La préfecture"
    subject: "Hébergement de {answer.birth_name}"
    source: "Loi"
    body: "Je soussigné."
    paragraphs:
      - "Bonjour."
      - {text: "Je l'héberge.", when: {changes: {includes: "address"}}, verbatim: "yes", source: "Loi"}
after_sending:
  stages:
    - paper: "Confirmation"
      proves: "Le dépôt."
      does_not_prove: "Le droit."
      next: "API"
      deadline: "3 mois"
      source: "R431-15"
      needs_review: "no"
  silence:
    - when: {changes: {includes: "name"}}
      after: "4 months"
      means: "Refus"
      from: "complete_file"
      source: "R432-1"
      needs_review: "no"
  remedies:
    - title: "Recours"
      to: "Le préfet"
      within: "2 months"
      from: "Le refus"
      how: "Par lettre"
      source: "CRPA"
      needs_review: "no"
drafts: {on_new_revision: "advance"}
retired: ["old_question", "child.old_question"]
"""

TEXT = HEAD + STEPS + REST
BLOCKS = {"identity": IDENTITY}
TABLES = {"offices.csv": OFFICES}
GLOSSARY = """
language: "fr"
terms:
  apatride: "Une personne qui n'a la nationalité d'aucun pays."
  bail: {text: "Le contrat de location.", also: ["baux"]}
"""
