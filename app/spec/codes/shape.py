"""S: keys, values and lists that do not have the expected shape."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

SHAPE = (
    Code(
        "S01",
        "error",
        Phrase("La clé « {key} » n'existe pas ici.", "The key “{key}” does not exist here."),
        Phrase(
            "Ce qu'elle dit ne serait pas appliqué : une condition ou une aide disparaîtrait sans bruit.",
            "What it says would not be applied: a condition or a help text would silently disappear.",
        ),
        Phrase("Clés possibles : {known}.", "Possible keys: {known}."),
    ),
    Code(
        "S02",
        "error",
        Phrase("La clé « {key} » manque.", "The key “{key}” is missing."),
        Phrase(
            "Sans elle, la page ne peut pas dire à l'usager ce qu'il doit savoir.",
            "Without it, the page cannot tell applicants what they must know.",
        ),
        Phrase("Ajoutez une ligne `{key}: …`.", "Add a line `{key}: …`."),
    ),
    Code(
        "S03",
        "error",
        Phrase("Il faut ici {wanted}.", "Here {wanted} is wanted."),
        Phrase(
            "Une valeur d'un autre type serait montrée ou comparée de travers.",
            "A value of another type would be shown or compared wrongly.",
        ),
        Phrase(
            "Corrigez la valeur, ou l'alignement des lignes qui suivent.",
            "Mend the value, or the alignment of the lines that follow.",
        ),
    ),
    Code(
        "S04",
        "error",
        Phrase("« {value} » n'est pas une valeur possible.", "“{value}” is not a possible value."),
        Phrase(
            "Le service ne saurait pas quoi faire de cette valeur.",
            "The service would not know what to do with this value.",
        ),
        Phrase("Valeurs possibles : {known}.", "Possible values: {known}."),
    ),
    Code(
        "S05",
        "error",
        Phrase("Cette valeur sort des bornes : {rule}.", "This value is out of bounds: {rule}."),
        Phrase(
            "Une liste vide ou un texte vide laisse l'usager devant une page sans contenu.",
            "An empty list or an empty text leaves applicants in front of a page without content.",
        ),
        Phrase("Complétez la valeur, ou retirez la clé.", "Complete the value, or remove the key."),
    ),
    Code(
        "S06",
        "error",
        Phrase("« {value} » n'a pas la forme attendue.", "“{value}” does not have the expected form."),
        Phrase(
            "Un nom, une date ou une adresse mal écrits ne mènent nulle part.",
            "A name, a date or an address that is badly written leads nowhere.",
        ),
        Phrase("Forme attendue : {rule}", "Expected form: {rule}"),
    ),
    Code(
        "S07",
        "error",
        Phrase("La même valeur est écrite deux fois dans la liste.", "The same value stands twice in the list."),
        Phrase(
            "C'est souvent une faute de copie : la valeur voulue manque.",
            "Often it is a copying mistake: the value that was meant is missing.",
        ),
        Phrase("Retirez ou corrigez la valeur en double.", "Remove or mend the repeated value."),
    ),
    Code(
        "S08",
        "error",
        Phrase("Cette clé n'a pas de valeur. Il faut {wanted}.", "This key has no value. It takes {wanted}."),
        Phrase("L'usager verrait un blanc à la place du texte.", "Applicants would see a blank instead of the text."),
        Phrase("Écrivez la valeur, ou retirez la clé.", "Write the value, or remove the key."),
    ),
    Code(
        "S09",
        "error",
        Phrase(
            "Le nom écrit ici est « {name} », mais le dossier ou le fichier s'appelle « {folder} ».",
            "The name written here is “{name}”, but the folder or the file is called “{folder}”.",
        ),
        Phrase(
            "L'adresse de la page vient du dossier : les liens ne mèneraient nulle part.",
            "The address of the page comes from the folder: links would lead nowhere.",
        ),
        Phrase("Donnez le même nom aux deux.", "Give both the same name."),
    ),
    Code(
        "S10",
        "error",
        Phrase("« {value} » ne convient pas : il faut ici {wanted}.", "“{value}” does not fit: this takes {wanted}."),
        Phrase(
            "C'est un texte pour le service : il ne compte pas avec.",
            "For the service this is a text: it does not count with it.",
        ),
        Phrase("Écrivez : {line}", "Write: {line}"),
    ),
)
