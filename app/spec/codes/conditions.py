"""C: conditions that cannot mean what they say."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

_NEVER = Phrase(
    "La condition serait toujours fausse : personne ne verrait ce qui en dépend.",
    "The condition would always be false: nobody would see what depends on it.",
)
_TESTS = Phrase("Tests possibles ici : {known}.", "Possible tests here: {known}.")

CONDITIONS = (
    Code(
        "C01",
        "error",
        Phrase("Le test « {operator} » n'existe pas.", "The test “{operator}” does not exist."),
        _NEVER,
        _TESTS,
    ),
    Code(
        "C02",
        "error",
        Phrase(
            "Le test « {operator} » ne convient pas à « {name} » ({kind}).",
            "The test “{operator}” does not fit “{name}” ({kind}).",
        ),
        _NEVER,
        _TESTS,
    ),
    Code(
        "C03",
        "error",
        Phrase(
            "« {value} » n'est pas une réponse possible de « {name} ».",
            "“{value}” is not a possible answer of “{name}”.",
        ),
        _NEVER,
        Phrase("Réponses possibles : {known}.", "Possible answers: {known}."),
    ),
    Code(
        "C04",
        "error",
        Phrase(
            "« {value} » ne peut pas être comparé à « {name} » : il faut {wanted}.",
            "“{value}” cannot be compared with “{name}”: it takes {wanted}.",
        ),
        _NEVER,
        Phrase("Corrigez la valeur.", "Mend the value."),
    ),
    Code(
        "C05",
        "error",
        Phrase("« {name} » est lu ici avant d'être demandé.", "“{name}” is read here before it is asked."),
        Phrase(
            "La réponse n'existe pas encore : la condition serait fausse, puis changerait d'avis.",
            "The answer does not exist yet: the condition would be false, then change its mind.",
        ),
        Phrase(
            "Posez la question plus tôt, ou déplacez ce qui en dépend.",
            "Ask the question earlier, or move what depends on it.",
        ),
    ),
    Code(
        "C06",
        "error",
        Phrase(
            "`none` lit « {name} », qui n'est pas toujours demandé.",
            "`none` reads “{name}”, which is not always asked.",
        ),
        Phrase(
            "Pour une personne à qui on ne l'a pas demandé, la condition deviendrait vraie.",
            "For a person who was not asked, the condition would become true.",
        ),
        Phrase(
            'Ajoutez `{name}: {{answered: "yes"}}` à côté de `none`, ou `{{answered: "no"}}` dans un `any`.',
            'Add `{name}: {{answered: "yes"}}` beside `none`, or `{{answered: "no"}}` in an `any`.',
        ),
    ),
    Code(
        "C07",
        "error",
        Phrase(
            "« {name} » admet la réponse « Je ne sais pas », et aucune condition ne dit ce qui arrive alors.",
            "“{name}” allows the answer “I do not know”, and no condition says what happens then.",
        ),
        Phrase(
            "La personne qui ne sait pas serait traitée comme si elle avait répondu non, sans que personne l'ait "
            "décidé.",
            "Whoever does not know would be treated as if they had answered no, though nobody decided so.",
        ),
        Phrase(
            'Ajoutez un test `{{unknown: "yes"}}` là où il faut, ou `otherwise: "no"` sous `unknown`.',
            'Add a test `{{unknown: "yes"}}` where it is wanted, or `otherwise: "no"` under `unknown`.',
        ),
    ),
    Code(
        "C08",
        "error",
        Phrase(
            "« {name} » est une question de l'étape répétée « {step} » : elle a une réponse par élément.",
            "“{name}” is a question of the repeated step “{step}”: it has one answer for each item.",
        ),
        Phrase("On ne saurait pas de quel élément il s'agit.", "Nobody could tell which item is meant."),
        Phrase(
            "Utilisez `any_item`, `every_item` ou `no_item` avec `of: {step}`.",
            "Use `any_item`, `every_item` or `no_item` with `of: {step}`.",
        ),
    ),
    Code(
        "C09",
        "error",
        Phrase("« {name} » a plusieurs parties : dites laquelle.", "“{name}” has several parts: say which."),
        _NEVER,
        Phrase(
            "Écrivez par exemple `{name}.{part}`. Parties : {known}.",
            "Write for example `{name}.{part}`. Parts: {known}.",
        ),
    ),
    Code(
        "C10",
        "error",
        Phrase(
            "L'intervalle va de {low} à {high} : il est vide.",
            "The interval goes from {low} to {high}: it is empty.",
        ),
        _NEVER,
        Phrase("Mettez la plus petite valeur d'abord.", "Put the smaller value first."),
    ),
    Code(
        "C11",
        "error",
        Phrase("« {name} » n'est pas une étape répétée.", "“{name}” is not a repeated step."),
        _NEVER,
        Phrase("Étapes répétées : {known}.", "Repeated steps: {known}."),
    ),
    Code(
        "C12",
        "error",
        Phrase(
            "Le fait « {name} » n'a pas la bonne unité : il faut {wanted}.",
            "The fact “{name}” does not have the right unit: it takes {wanted}.",
        ),
        _NEVER,
        Phrase(
            "Corrigez l'unité du fait, ou comparez à autre chose.",
            "Mend the unit of the fact, or compare with something else.",
        ),
    ),
    Code(
        "C13",
        "error",
        Phrase(
            "« {name} » n'admet pas la réponse « Je ne sais pas ».",
            "“{name}” does not allow the answer “I do not know”.",
        ),
        _NEVER,
        Phrase(
            "Ajoutez `unknown` à la question, ou retirez ce test.",
            "Add `unknown` to the question, or remove this test.",
        ),
    ),
    Code(
        "C14",
        "warning",
        Phrase(
            "« {name} » admet la réponse « Je ne sais pas », et cette condition n'en dit rien.",
            "“{name}” allows the answer “I do not know”, and this condition says nothing of it.",
        ),
        Phrase(
            "Pour une personne qui ne sait pas, la condition est fausse : est-ce voulu ?",
            "For a person who does not know, the condition is false: is that meant?",
        ),
        Phrase(
            'Ajoutez `{{unknown: "yes"}}` dans un `any`, `unknown: "no"` dans le test, ou `otherwise: "no"` sous '
            "`unknown`.",
            'Add `{{unknown: "yes"}}` in an `any`, `unknown: "no"` in the test, or `otherwise: "no"` under `unknown`.',
        ),
    ),
    Code(
        "C15",
        "error",
        Phrase(
            "« {name} » est en {unit}, et le fait « {fact} » en {other}.",
            "“{name}” is in {unit}, and the fact “{fact}” in {other}.",
        ),
        Phrase(
            "On comparerait des jours à des mois : la réponse serait fausse pour presque tout le monde.",
            "Days would be compared with months: the result would be wrong for nearly everybody.",
        ),
        Phrase("Mettez les deux dans la même unité.", "Put both in the same unit."),
    ),
)
