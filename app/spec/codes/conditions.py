"""C: conditions that cannot mean what they say."""

from app.spec.codes.entry import Code

_NEVER = "La condition serait toujours fausse : personne ne verrait ce qui en dépend."

CONDITIONS = (
    Code("C01", "error", "Le test « {operator} » n'existe pas.", _NEVER, "Tests possibles ici : {known}."),
    Code(
        "C02",
        "error",
        "Le test « {operator} » ne convient pas à « {name} » ({kind}).",
        _NEVER,
        "Tests possibles ici : {known}.",
    ),
    Code(
        "C03",
        "error",
        "« {value} » n'est pas une réponse possible de « {name} ».",
        _NEVER,
        "Réponses possibles : {known}.",
    ),
    Code(
        "C04",
        "error",
        "« {value} » ne peut pas être comparé à « {name} » : il faut {wanted}.",
        _NEVER,
        "Corrigez la valeur.",
    ),
    Code(
        "C05",
        "error",
        "« {name} » est lu ici avant d'être demandé.",
        "La réponse n'existe pas encore : la condition serait fausse, puis changerait d'avis.",
        "Posez la question plus tôt, ou déplacez ce qui en dépend.",
    ),
    Code(
        "C06",
        "error",
        "`none` lit « {name} », qui n'est pas toujours demandé.",
        "Pour une personne à qui on ne l'a pas demandé, la condition deviendrait vraie.",
        'Ajoutez `{name}: {{answered: "yes"}}` à côté de `none`, ou `{{answered: "no"}}` dans un `any`.',
    ),
    Code(
        "C07",
        "error",
        "« {name} » admet la réponse « Je ne sais pas », et aucune condition ne dit ce qui arrive alors.",
        "La personne qui ne sait pas serait traitée comme si elle avait répondu non, sans que personne l'ait décidé.",
        'Ajoutez un test `{{unknown: "yes"}}` là où il faut, ou `otherwise: "no"` sous `unknown`.',
    ),
    Code(
        "C08",
        "error",
        "« {name} » est une question de l'étape répétée « {step} » : elle a une réponse par élément.",
        "On ne saurait pas de quel élément il s'agit.",
        "Utilisez `any_item`, `every_item` ou `no_item` avec `of: {step}`.",
    ),
    Code(
        "C09",
        "error",
        "« {name} » a plusieurs parties : dites laquelle.",
        _NEVER,
        "Écrivez par exemple `{name}.{part}`. Parties : {known}.",
    ),
    Code(
        "C10",
        "error",
        "L'intervalle va de {low} à {high} : il est vide.",
        _NEVER,
        "Mettez la plus petite valeur d'abord.",
    ),
    Code("C11", "error", "« {name} » n'est pas une étape répétée.", _NEVER, "Étapes répétées : {known}."),
    Code(
        "C12",
        "error",
        "Le fait « {name} » n'a pas la bonne unité : il faut {wanted}.",
        _NEVER,
        "Corrigez l'unité du fait, ou comparez à autre chose.",
    ),
    Code(
        "C13",
        "error",
        "« {name} » n'admet pas la réponse « Je ne sais pas ».",
        _NEVER,
        "Ajoutez `unknown` à la question, ou retirez ce test.",
    ),
    Code(
        "C14",
        "warning",
        "« {name} » admet la réponse « Je ne sais pas », et cette condition n'en dit rien.",
        "Pour une personne qui ne sait pas, la condition est fausse : est-ce voulu ?",
        'Ajoutez `{{unknown: "yes"}}` dans un `any`, `unknown: "no"` dans le test, '
        'ou `otherwise: "no"` sous `unknown`.',
    ),
)
