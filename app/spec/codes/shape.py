"""S: keys, values and lists that do not have the expected shape."""

from app.spec.codes.entry import Code

SHAPE = (
    Code(
        "S01",
        "error",
        "La clé « {key} » n'existe pas ici.",
        "Ce qu'elle dit ne serait pas appliqué : une condition ou une aide disparaîtrait sans bruit.",
        "Clés possibles : {known}.",
    ),
    Code(
        "S02",
        "error",
        "La clé « {key} » manque.",
        "Sans elle, la page ne peut pas dire à l'usager ce qu'il doit savoir.",
        "Ajoutez une ligne `{key}: …`.",
    ),
    Code(
        "S03",
        "error",
        "Il faut ici {wanted}.",
        "Une valeur d'un autre type serait montrée ou comparée de travers.",
        "Corrigez la valeur, ou l'alignement des lignes qui suivent.",
    ),
    Code(
        "S04",
        "error",
        "« {value} » n'est pas une valeur possible.",
        "Le service ne saurait pas quoi faire de cette valeur.",
        "Valeurs possibles : {known}.",
    ),
    Code(
        "S05",
        "error",
        "Cette valeur sort des bornes : {rule}.",
        "Une liste vide ou un texte vide laisse l'usager devant une page sans contenu.",
        "Complétez la valeur, ou retirez la clé.",
    ),
    Code(
        "S06",
        "error",
        "« {value} » n'a pas la forme attendue.",
        "Un nom, une date ou une adresse mal écrits ne mènent nulle part.",
        "Forme attendue : {rule}",
    ),
    Code(
        "S07",
        "error",
        "La même valeur est écrite deux fois dans la liste.",
        "C'est souvent une faute de copie : la valeur voulue manque.",
        "Retirez ou corrigez la valeur en double.",
    ),
    Code(
        "S08",
        "error",
        "Cette clé n'a pas de valeur. Il faut {wanted}.",
        "L'usager verrait un blanc à la place du texte.",
        "Écrivez la valeur, ou retirez la clé.",
    ),
    Code(
        "S09",
        "error",
        "Le nom écrit ici est « {name} », mais le dossier ou le fichier s'appelle « {folder} ».",
        "L'adresse de la page vient du dossier : les liens ne mèneraient nulle part.",
        "Donnez le même nom aux deux.",
    ),
)
