"""R: names that lead nowhere, are used twice or turn in a circle."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

_NEVER = Phrase(
    "Ce qui en dépend ne serait jamais montré à personne, ou le serait à tout le monde.",
    "What depends on it would never be shown to anyone, or would be shown to everyone.",
)
_NO_EFFECT = Phrase("Le réglage n'aurait pas d'effet.", "The setting would have no effect.")

REFERENCES = (
    Code(
        "R01",
        "error",
        Phrase(
            "Aucune question ni valeur calculée ne s'appelle « {name} ».",
            "No question and no derived value is called “{name}”.",
        ),
        _NEVER,
        Phrase(
            "Utilisez le nom d'une question, d'une valeur de `derived`, ou `rule`.",
            "Use the name of a question, of a value under `derived`, or `rule`.",
        ),
    ),
    Code(
        "R02",
        "error",
        Phrase("Aucune règle ne s'appelle « {name} ».", "No rule is called “{name}”."),
        _NEVER,
        Phrase(
            "Ajoutez la règle dans `rules`, ou corrigez son nom.",
            "Add the rule under `rules`, or mend its name.",
        ),
    ),
    Code(
        "R03",
        "error",
        Phrase("Aucune liste ne s'appelle « {name} ».", "No list is called “{name}”."),
        _NEVER,
        Phrase("Ajoutez la liste dans `lists`, ou corrigez son nom.", "Add the list under `lists`, or mend its name."),
    ),
    Code(
        "R04",
        "error",
        Phrase("Table : {problem}.", "Table: {problem}."),
        Phrase(
            "L'usager ne verrait pas l'adresse ou le nom qu'il cherche.",
            "Applicants would not see the address or the name they look for.",
        ),
        Phrase(
            "Corrigez le nom, ou le fichier CSV dans `procedures/tables/`.",
            "Mend the name, or the CSV file in `procedures/tables/`.",
        ),
    ),
    Code(
        "R05",
        "error",
        Phrase("Aucun fait ne s'appelle « {name} ».", "No fact is called “{name}”."),
        Phrase(
            "Le montant ou le délai n'aurait pas de valeur.",
            "The amount or the time limit would have no value.",
        ),
        Phrase("Ajoutez-le dans `facts`, ou corrigez son nom.", "Add it under `facts`, or mend its name."),
    ),
    Code(
        "R06",
        "error",
        Phrase("Aucun bloc partagé ne s'appelle « {name} ».", "No shared block is called “{name}”."),
        Phrase("Les questions du bloc ne seraient pas posées.", "The questions of the block would not be asked."),
        Phrase(
            "Le bloc est le fichier `procedures/shared/{name}.yaml`.",
            "The block is the file `procedures/shared/{name}.yaml`.",
        ),
    ),
    Code(
        "R07",
        "error",
        Phrase(
            "Le bloc « {block} » n'a rien qui s'appelle « {name} ».",
            "The block “{block}” holds nothing called “{name}”.",
        ),
        Phrase(
            "Le réglage n'aurait pas d'effet : une question resterait posée ou obligatoire.",
            "The setting would have no effect: a question would still be asked, or required.",
        ),
        Phrase("Le bloc contient : {known}.", "The block holds: {known}."),
    ),
    Code(
        "R08",
        "error",
        Phrase("{what} « {name} » : ce nom n'existe pas.", "{what} “{name}”: this name does not exist."),
        Phrase(
            "L'usager ne recevrait pas ce papier, cette voie ou cette lettre.",
            "Applicants would not get this paper, this way or this letter.",
        ),
        Phrase("Noms connus : {known}.", "Known names: {known}."),
    ),
    Code(
        "R09",
        "error",
        Phrase("Le nom « {name} » est déjà pris.", "The name “{name}” is already taken."),
        Phrase(
            "Deux réponses sous le même nom s'écraseraient l'une l'autre.",
            "Two answers under one name would overwrite each other.",
        ),
        Phrase(
            "Choisissez un autre nom, ou utilisez `as` si le nom vient d'un bloc.",
            "Choose another name, or use `as` if the name comes from a block.",
        ),
    ),
    Code(
        "R10",
        "error",
        Phrase("« {name} » est un mot réservé.", "“{name}” is a reserved word."),
        Phrase(
            "Il sert déjà d'adresse à une page du service.",
            "It is already the address of a page of the service.",
        ),
        Phrase("Choisissez un autre nom.", "Choose another name."),
    ),
    Code(
        "R11",
        "error",
        Phrase("« {name} » dépend de lui-même : {cycle}.", "“{name}” depends on itself: {cycle}."),
        Phrase("La réponse ne pourrait jamais être calculée.", "The answer could never be computed."),
        Phrase(
            "Réécrivez l'une des conditions ou des valeurs sans ce renvoi.",
            "Write one of the conditions or values again without this reference.",
        ),
    ),
    Code(
        "R12",
        "error",
        Phrase(
            "Le texte cite « {{{name}}} », qui n'existe pas.",
            "The text cites “{{{name}}}”, which does not exist.",
        ),
        Phrase(
            "L'usager lirait un blanc ou un code au milieu de la phrase.",
            "Applicants would read a blank or a code in the middle of the sentence.",
        ),
        Phrase(
            "On peut citer {{fact.nom}}, {{answer.question}}, {{derived.nom}} et {{today}}.",
            "A text may cite {{fact.name}}, {{answer.question}}, {{derived.name}} and {{today}}.",
        ),
    ),
    Code(
        "R13",
        "error",
        Phrase(
            "{what} « {name} » : ce n'est ni une question ni une valeur calculée qui convienne.",
            "{what} “{name}”: this is no question and no derived value that fits.",
        ),
        _NO_EFFECT,
        Phrase("{wanted}", "{wanted}"),
    ),
    Code(
        "R14",
        "error",
        Phrase(
            "« {name} » est dans `retired` : ce nom a déjà servi à autre chose.",
            "“{name}” is under `retired`: this name stood for something else.",
        ),
        Phrase(
            "Un brouillon garde une ancienne réponse sous ce nom : elle serait lue comme la nouvelle.",
            "A draft holds an old answer under this name: it would be read as the new one.",
        ),
        Phrase("Choisissez un nom qui n'a jamais servi.", "Choose a name that was never used."),
    ),
    Code(
        "R15",
        "error",
        Phrase(
            "« {name} » ne peut pas aller dans « {slug} » : {problem}.", "“{name}” cannot go to “{slug}”: {problem}."
        ),
        Phrase(
            "La personne accepte d'emporter sa réponse, et devrait la donner encore une fois.",
            "The person agrees to take the answer along, and would have to give it again.",
        ),
        Phrase(
            "Corrigez le nom ou la valeur, ou retirez-les de `carry` ou de `with`.",
            "Mend the name or the value, or take them out of `carry` or `with`.",
        ),
    ),
    Code(
        "R16",
        "error",
        Phrase(
            "`late` a un prix (« {name} »), et aucun dernier jour ne dit quand on est en retard.",
            "`late` has a fee (“{name}”), and no last day says when one is late.",
        ),
        _NO_EFFECT,
        Phrase("Ajoutez `closes` : une date calculée ou une question.", "Add `closes`: a derived date or a question."),
    ),
)
