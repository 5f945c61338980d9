"""Y: what keeps a file from being read, or silently changes what was written."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

_LOST = Phrase(
    "La procédure n'est pas publiée tant que le fichier n'est pas lisible : les usagers gardent l'ancienne version.",
    "The procedure is not published as long as the file cannot be read: applicants keep the old version.",
)
_QUOTE = Phrase("Mettez le texte entre guillemets droits.", "Put the text between straight quotes.")

WRITING = (
    Code(
        "Y01",
        "error",
        Phrase(
            "Ce fichier est trop gros : {size} Ko, au plus {limit} Ko.",
            "This file is too large: {size} KB, {limit} KB at most.",
        ),
        _LOST,
        Phrase(
            "Coupez la procédure en deux, ou mettez les longues listes dans une table.",
            "Cut the procedure in two, or move long lists to a table.",
        ),
    ),
    Code(
        "Y02",
        "error",
        Phrase("Ce fichier n'est pas en UTF-8.", "This file is not in UTF-8."),
        _LOST,
        Phrase("Enregistrez-le avec l'encodage UTF-8.", "Save it with the encoding UTF-8."),
    ),
    Code(
        "Y03",
        "error",
        Phrase("Trop de niveaux emboîtés : au plus {limit}.", "Too many levels inside each other: {limit} at most."),
        _LOST,
        Phrase(
            "Donnez un nom à une partie de la condition, dans `rules`.",
            "Give a part of the condition a name, under `rules`.",
        ),
    ),
    Code(
        "Y04",
        "error",
        Phrase("Ce fichier est vide.", "This file is empty."),
        _LOST,
        Phrase(
            'Commencez par `procedure: "nom-de-la-demarche"`.',
            'Begin with `procedure: "name-of-the-procedure"`.',
        ),
    ),
    Code(
        "Y05",
        "error",
        Phrase(
            "Ce fichier contient deux documents séparés par « --- ».",
            "This file holds two documents separated by “---”.",
        ),
        _LOST,
        Phrase(
            "Gardez un seul document par fichier : retirez la ligne « --- ».",
            "Keep one document per file: remove the line “---”.",
        ),
    ),
    Code(
        "Y06",
        "error",
        Phrase(
            "« {name} » : les ancres, les alias et les fusions ne sont pas admis.",
            "“{name}”: anchors, aliases and merges are not allowed.",
        ),
        Phrase(
            "Un renvoi caché dans le fichier change plusieurs questions à la fois sans qu'on le voie.",
            "A hidden reference in the file changes several questions at once without being seen.",
        ),
        Phrase(
            "Recopiez le texte, ou utilisez un bloc partagé (`use`).",
            "Write the text again, or use a shared block (`use`).",
        ),
    ),
    Code(
        "Y07",
        "error",
        Phrase(
            "« {tag} » est une étiquette YAML : elle n'est pas admise.",
            "“{tag}” is a YAML tag: tags are not allowed.",
        ),
        Phrase(
            "Un texte qui commence par « ! » perd ce signe sans prévenir : l'usager ne le lirait pas.",
            "A text that begins with “!” loses it without a word: the applicant would not read it.",
        ),
        _QUOTE,
    ),
    Code(
        "Y08",
        "error",
        Phrase("Une clé doit être un mot, pas une liste ni un groupe.", "A key must be a word, not a list or a map."),
        _LOST,
        Phrase(
            "Mettez entre guillemets droits un texte qui commence par « {{ » ou « [ ».",
            "Put a text that begins with “{{” or “[” between straight quotes.",
        ),
    ),
    Code(
        "Y09",
        "error",
        Phrase("La clé « {key} » est écrite deux fois.", "The key “{key}” is written twice."),
        Phrase(
            "Une des deux valeurs serait perdue sans prévenir.",
            "One of the two values would be lost without a word.",
        ),
        Phrase("Gardez une seule des deux lignes.", "Keep one of the two lines."),
    ),
    Code(
        "Y10",
        "error",
        Phrase(
            "« {text} » sans guillemets peut être lu de plusieurs façons.",
            "“{text}” without quotes can be read in several ways.",
        ),
        Phrase(
            "D'autres outils lisent 01000 comme 512 et 12:30 comme 750 : l'usager verrait un autre nombre.",
            "Other tools read 01000 as 512 and 12:30 as 750: the applicant would see another number.",
        ),
        Phrase(
            'Écrivez "{text}" avec des guillemets droits, ou un nombre simple.',
            'Write "{text}" with straight quotes, or a plain number.',
        ),
    ),
    Code(
        "Y11",
        "error",
        Phrase(
            "Ce texte sans guillemets continue sur la ligne suivante.",
            "This text without quotes goes on over the next line.",
        ),
        Phrase(
            "C'est souvent une ligne mal alignée, avalée par le texte d'avant : une question disparaît.",
            "Often it is a badly aligned line, swallowed by the text before it: a question disappears.",
        ),
        Phrase(
            "Mettez le texte entre guillemets droits, ou corrigez l'alignement.",
            "Put the text between straight quotes, or mend the alignment.",
        ),
    ),
    Code(
        "Y12",
        "error",
        Phrase("Caractère invisible {char} dans le fichier.", "Invisible character {char} in the file."),
        Phrase(
            "Il coupe les lignes ou les mots à un endroit qu'on ne voit pas.",
            "It breaks lines or words in a place that nobody sees.",
        ),
        Phrase("Effacez-le et retapez le texte autour.", "Delete it and type the text around it again."),
    ),
    Code(
        "Y13",
        "error",
        Phrase("Cette ligne est alignée avec une tabulation.", "This line is aligned with a tab."),
        _LOST,
        Phrase("Alignez avec des espaces, deux par niveau.", "Align with spaces, two for each level."),
    ),
    Code(
        "Y14",
        "error",
        Phrase(
            "Une espace insécable se trouve là où il faut une espace simple, ou rien.",
            "A non-breaking space stands where a plain space is wanted, or nothing.",
        ),
        Phrase(
            "La clé n'est pas reconnue, ou la ligne change de niveau : une partie de la démarche disparaît.",
            "The key is not recognised, or the line changes its level: a part of the procedure disappears.",
        ),
        Phrase(
            "Remplacez-la par une espace ordinaire, ou retirez-la.",
            "Replace it by a plain space, or take it out.",
        ),
    ),
    Code(
        "Y15",
        "error",
        Phrase(
            "La fin de ce texte, « {text} », serait prise pour un commentaire et perdue.",
            "The end of this text, “{text}”, would be taken for a comment and lost.",
        ),
        Phrase("L'usager lirait une phrase coupée.", "The applicant would read half a sentence."),
        _QUOTE,
    ),
    Code(
        "Y16",
        "error",
        Phrase("Ce texte est entre guillemets courbes.", "This text is between curly quotes."),
        Phrase(
            "Les guillemets courbes ne protègent pas le texte : l'usager les verrait.",
            "Curly quotes do not protect the text: the applicant would see them.",
        ),
        Phrase('Utilisez les guillemets droits : "…".', 'Use straight quotes: "…".'),
    ),
    Code(
        "Y17",
        "error",
        Phrase("Ce fichier ne peut pas être ouvert : {reason}.", "This file cannot be opened: {reason}."),
        _LOST,
        Phrase(
            "Vérifiez son nom et ses droits. Il s'appelle `procedure.yaml`.",
            "Check its name and its permissions. It is called `procedure.yaml`.",
        ),
    ),
    Code(
        "Y18",
        "error",
        Phrase(
            "« {text} » n'est pas un nombre en YAML : point pour les décimales, pas d'espace.",
            "“{text}” is not a number in YAML: a point before decimals, no spaces.",
        ),
        Phrase(
            "C'est un texte et non un nombre : aucun calcul ne l'utiliserait.",
            "It is a text and not a number: no computation would use it.",
        ),
        Phrase("Écrivez {number}. L'usager lira une virgule.", "Write {number}. Applicants will see their own sign."),
    ),
    Code(
        "Y19",
        "error",
        Phrase(
            "La virgule coupe ce texte : « {text} » est pris pour une clé.",
            "The comma cuts this text: “{text}” is taken for a key.",
        ),
        Phrase("L'usager ne lirait que le début.", "Applicants would read the beginning only."),
        Phrase("Mettez tout le texte entre guillemets droits.", "Put the whole text between straight quotes."),
    ),
    Code(
        "Y20",
        "error",
        Phrase("Cette ligne n'est pas lisible.", "This line cannot be read."),
        _LOST,
        Phrase(
            "Vérifiez l'alignement, les deux-points et les guillemets de cette ligne et de celle d'avant.",
            "Check the alignment, the colons and the quotes of this line and of the one before.",
        ),
    ),
    Code(
        "Y21",
        "error",
        Phrase(
            "Un guillemet est ouvert ici et n'est pas refermé.",
            "A quote is opened here and never closed.",
        ),
        _LOST,
        Phrase("Ajoutez le guillemet de fin, ou retirez celui-ci.", "Add the closing quote, or take this one out."),
    ),
    Code(
        "Y22",
        "error",
        Phrase(
            "L'apostrophe ferme le texte ouvert par une apostrophe.",
            "The apostrophe closes the text that an apostrophe opened.",
        ),
        _LOST,
        Phrase(
            "Utilisez les guillemets droits doubles autour du texte.",
            "Put straight double quotes around the text.",
        ),
    ),
    Code(
        "Y23",
        "error",
        Phrase(
            "Un guillemet droit se trouve à l'intérieur du texte.",
            "A straight quote stands inside the text.",
        ),
        _LOST,
        Phrase("À l'intérieur, utilisez « … » ou écrivez \\\".", 'Inside, use “…” or write \\".'),
    ),
    Code(
        "Y24",
        "error",
        Phrase("Ce texte commence par un signe réservé à YAML.", "This text begins with a sign that YAML keeps."),
        _LOST,
        _QUOTE,
    ),
    Code(
        "Y25",
        "error",
        Phrase(
            "Ce texte contient « : » et n'est pas entre guillemets.",
            "This text holds “: ” and is not between quotes.",
        ),
        _LOST,
        _QUOTE,
    ),
    Code(
        "Y26",
        "error",
        Phrase(
            "Une liste ou un groupe est ouvert ici et n'est pas refermé.",
            "A list or a map is opened here and never closed.",
        ),
        _LOST,
        Phrase("Ajoutez le signe de fin : « ] » ou « }} ».", "Add the closing sign: “]” or “}}”."),
    ),
    Code(
        "Y27",
        "error",
        Phrase("Il manque les deux-points après ces mots.", "The colon after these words is missing."),
        _LOST,
        Phrase("Ajoutez « : » à la fin de la clé.", "Add “:” at the end of the key."),
    ),
    Code(
        "Y28",
        "error",
        Phrase(
            "Il manque une espace après le tiret : ce n'est pas un élément de la liste.",
            "A space is missing after the dash: this is not an item of the list.",
        ),
        _LOST,
        Phrase("Un élément commence par un tiret et une espace.", "An item begins with a dash and a space."),
    ),
    Code(
        "Y29",
        "error",
        Phrase("Ce texte est entre guillemets français « ».", "This text is between French quotes « »."),
        Phrase(
            "Pour YAML, ils font partie du texte : l'usager les verrait, et « : » ou une virgule couperait le texte.",
            "YAML takes them for text: applicants would see them, and “: ” or a comma would cut the text.",
        ),
        Phrase(
            'Autour d\'une valeur, utilisez les guillemets droits : "…".', 'Around a value, use straight quotes: "…".'
        ),
    ),
)
