"""R: names that lead nowhere, are used twice or turn in a circle."""

from app.spec.codes.entry import Code

_NEVER = "Ce qui en dépend ne serait jamais montré à personne, ou le serait à tout le monde."

REFERENCES = (
    Code(
        "R01",
        "error",
        "Aucune question ni valeur calculée ne s'appelle « {name} ».",
        _NEVER,
        "Utilisez le nom d'une question, d'une valeur de `derived`, ou `rule`.",
    ),
    Code(
        "R02",
        "error",
        "Aucune règle ne s'appelle « {name} ».",
        _NEVER,
        "Ajoutez la règle dans `rules`, ou corrigez son nom.",
    ),
    Code(
        "R03",
        "error",
        "Aucune liste ne s'appelle « {name} ».",
        _NEVER,
        "Ajoutez la liste dans `lists`, ou corrigez son nom.",
    ),
    Code(
        "R04",
        "error",
        "Table : {problem}.",
        "L'usager ne verrait pas l'adresse ou le nom qu'il cherche.",
        "Corrigez le nom, ou le fichier CSV dans `procedures/tables/`.",
    ),
    Code(
        "R05",
        "error",
        "Aucun fait ne s'appelle « {name} ».",
        "Le montant ou le délai n'aurait pas de valeur.",
        "Ajoutez-le dans `facts`, ou corrigez son nom.",
    ),
    Code(
        "R06",
        "error",
        "Aucun bloc partagé ne s'appelle « {name} ».",
        "Les questions du bloc ne seraient pas posées.",
        "Le bloc est le fichier `procedures/shared/{name}.yaml`.",
    ),
    Code(
        "R07",
        "error",
        "Le bloc « {block} » n'a rien qui s'appelle « {name} ».",
        "Le réglage n'aurait pas d'effet : une question resterait posée ou obligatoire.",
        "Le bloc contient : {known}.",
    ),
    Code(
        "R08",
        "error",
        "{what} « {name} » : ce nom n'existe pas.",
        "L'usager ne recevrait pas ce papier, cette voie ou cette lettre.",
        "Noms connus : {known}.",
    ),
    Code(
        "R09",
        "error",
        "Le nom « {name} » est déjà pris.",
        "Deux réponses sous le même nom s'écraseraient l'une l'autre.",
        "Choisissez un autre nom, ou utilisez `as` si le nom vient d'un bloc.",
    ),
    Code(
        "R10",
        "error",
        "« {name} » est un mot réservé.",
        "Il sert déjà d'adresse à une page du service.",
        "Choisissez un autre nom.",
    ),
    Code(
        "R11",
        "error",
        "« {name} » dépend de lui-même : {cycle}.",
        "La réponse ne pourrait jamais être calculée.",
        "Réécrivez l'une des conditions ou des valeurs sans ce renvoi.",
    ),
    Code(
        "R12",
        "error",
        "Le texte cite « {{{name}}} », qui n'existe pas.",
        "L'usager lirait un blanc ou un code au milieu de la phrase.",
        "On peut citer {{fact.nom}}, {{answer.question}}, {{derived.nom}} et {{today}}.",
    ),
    Code(
        "R13",
        "error",
        "{what} « {name} » : ce n'est ni une question ni une valeur calculée qui convienne.",
        "Le réglage n'aurait pas d'effet.",
        "{wanted}",
    ),
)
