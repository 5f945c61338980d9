"""M: sound to the letter, wrong for the applicant."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

_PERIODS = Phrase(
    "Faites commencer une période le lendemain de la fin de l'autre.",
    "Let one period begin the day after the other ends.",
)

MEANING = (
    Code(
        "M01",
        "error",
        Phrase(
            "Entre le {after} et le {before}, « {name} » n'a pas de valeur.",
            "Between {after} and {before}, “{name}” has no value.",
        ),
        Phrase(
            "Ces jours-là, le montant ou le délai ne pourrait pas être montré.",
            "On those days, the amount or the time limit could not be shown.",
        ),
        _PERIODS,
    ),
    Code(
        "M02",
        "error",
        Phrase(
            "Deux périodes de « {name} » se recouvrent le {day}.",
            "Two periods of “{name}” overlap on {day}.",
        ),
        Phrase("On ne saurait pas quelle valeur montrer.", "Nobody could tell which value to show."),
        _PERIODS,
    ),
    Code(
        "M03",
        "error",
        Phrase(
            "Le fait « {name} » doit avoir `periods` ou `conflict`, et pas les deux.",
            "The fact “{name}” must have `periods` or `conflict`, and not both.",
        ),
        Phrase(
            "Sans valeur, la phrase qui cite ce fait serait coupée.",
            "Without a value, the sentence that cites this fact would be cut.",
        ),
        Phrase("Gardez l'un des deux.", "Keep one of the two."),
    ),
    Code(
        "M04",
        "error",
        Phrase(
            "« {name} » arrête la démarche sans dire sur quel texte elle s'appuie.",
            "“{name}” stops the procedure without saying on which text it rests.",
        ),
        Phrase(
            "On ferme une porte à quelqu'un : il doit pouvoir vérifier et contester.",
            "A door is closed to somebody: they must be able to check and to contest.",
        ),
        Phrase("Ajoutez `source` avec l'article de loi.", "Add `source` with the article of law."),
    ),
    Code(
        "M05",
        "error",
        Phrase(
            "« {name} » arrête la démarche sans dire à qui parler.",
            "“{name}” stops the procedure without saying whom to talk to.",
        ),
        Phrase(
            "La personne resterait devant une page sans issue.",
            "The person would be left in front of a page without a way out.",
        ),
        Phrase("Ajoutez dans `go_to` un `phone` ou un `office`.", "Add a `phone` or an `office` under `go_to`."),
    ),
    Code(
        "M06",
        "error",
        Phrase("La voie de dépôt « {name} » n'a pas de source.", "The way of filing “{name}” has no source."),
        Phrase(
            "Une voie inventée ferait perdre ses droits à la personne qui la suit.",
            "An invented way would make those who follow it lose their rights.",
        ),
        Phrase(
            "Ajoutez `source`, ou `needs_review: yes` si le texte est encore à vérifier.",
            "Add `source`, or `needs_review: yes` if the text is still to be checked.",
        ),
    ),
    Code(
        "M07",
        "error",
        Phrase("« {second} » est avant « {first} ».", "“{second}” is before “{first}”."),
        Phrase(
            "La démarche ne serait jamais ouverte, ou jamais revue.",
            "The procedure would never be open, or never be checked again.",
        ),
        Phrase("Corrigez l'une des deux dates.", "Mend one of the two dates."),
    ),
    Code(
        "M08",
        "error",
        Phrase("« {name} » ({kind}) {problem}.", "“{name}” ({kind}) {problem}."),
        Phrase(
            "L'usager verrait une question sans réponse possible, ou une réponse qui ne sert à rien.",
            "Applicants would see a question without a possible answer, or an answer that is of no use.",
        ),
        Phrase("Corrigez `choices`, `options_from` ou `kind`.", "Mend `choices`, `options_from` or `kind`."),
    ),
    Code(
        "M09",
        "error",
        Phrase("La valeur calculée « {name} » : {problem}.", "The derived value “{name}”: {problem}."),
        Phrase("Le calcul donnerait un résultat faux ou vide.", "The result would be wrong or empty."),
        Phrase("{wanted}", "{wanted}"),
    ),
    Code(
        "M10",
        "error",
        Phrase(
            "{what} : il faut exactement une clé parmi {known}.",
            "{what}: exactly one key of {known} is wanted.",
        ),
        Phrase("Le service ne saurait pas laquelle suivre.", "The service could not tell which to follow."),
        Phrase("Gardez-en une seule.", "Keep only one."),
    ),
    Code(
        "M11",
        "error",
        Phrase("Le minimum ({low}) dépasse le maximum ({high}).", "The minimum ({low}) is above the maximum ({high})."),
        Phrase("Personne ne pourrait continuer.", "Nobody could go on."),
        Phrase("Corrigez l'un des deux.", "Mend one of the two."),
    ),
    Code(
        "M12",
        "error",
        Phrase(
            "« {name} » n'est pas du même genre que « {other} ».",
            "“{name}” is not of the same kind as “{other}”.",
        ),
        Phrase("La réponse reprise ne serait pas valable.", "The answer taken over would not be valid."),
        Phrase("Reprenez une question du même `kind`.", "Take a question of the same `kind`."),
    ),
    Code(
        "M13",
        "error",
        Phrase("Aucune voie ne permet de déposer la demande.", "There is no way to file the application."),
        Phrase(
            "L'usager remplirait tout sans pouvoir rien envoyer.",
            "Applicants would fill in everything and could send nothing.",
        ),
        Phrase(
            "Ajoutez dans `channels` une voie sans `files: no`.",
            "Add a way without `files: no` under `channels`.",
        ),
    ),
    Code(
        "M14",
        "error",
        Phrase(
            "La valeur de « {name} » n'a ni `source` ni `needs_review`.",
            "The value of “{name}” has neither `source` nor `needs_review`.",
        ),
        Phrase(
            "Un montant ou un délai sans source ne peut pas être vérifié par l'usager.",
            "Applicants cannot check an amount or a time limit that has no source.",
        ),
        Phrase("Ajoutez `source`, ou `needs_review: yes`.", "Add `source`, or `needs_review: yes`."),
    ),
    Code(
        "M15",
        "error",
        Phrase("La date {day} n'existe pas.", "The date {day} does not exist."),
        Phrase("Le délai serait faux.", "The time limit would be wrong."),
        Phrase("Corrigez la date.", "Mend the date."),
    ),
    Code(
        "M16",
        "error",
        Phrase(
            "Ce texte est marqué `verbatim` sans dire d'où il vient.",
            "This text is marked `verbatim` without saying where it comes from.",
        ),
        Phrase(
            "Le texte d'une loi n'est pas relu pour être simple : l'usager doit savoir de quelle loi il s'agit.",
            "The wording of a law is not checked for plain words: applicants must be able to tell which law it is.",
        ),
        Phrase("Ajoutez `source`, ou retirez `verbatim`.", "Add `source`, or remove `verbatim`."),
    ),
    Code(
        "M17",
        "warning",
        Phrase(
            "« {name} » ({kind}) n'a ni `hint`, ni `help`, ni `example`, ni image.",
            "“{name}” ({kind}) has no `hint`, no `help`, no `example` and no picture.",
        ),
        Phrase(
            "La personne doit trouver ce numéro sur un papier : sans aide, elle s'arrête ou se trompe de numéro.",
            "One has to find this number on a paper: without help, one stops or takes the wrong one.",
        ),
        Phrase("Dites où le trouver, dans `hint`.", "Say where to find it, in `hint`."),
    ),
    Code(
        "M18",
        "error",
        Phrase("`autocomplete: {value}` {problem}.", "`autocomplete: {value}` {problem}."),
        Phrase(
            "Le navigateur remplirait la case avec autre chose, et l'erreur partirait dans le dossier.",
            "The browser would fill the box with something else, and the mistake would go into the file.",
        ),
        Phrase("Valeurs possibles ici : {known}, ou off.", "Possible values here: {known}, or off."),
    ),
    Code(
        "M19",
        "warning",
        Phrase(
            "Aucune question sur le nom de la personne n'a `autocomplete`.",
            "No question about the person's name has `autocomplete`.",
        ),
        Phrase(
            "Une personne qui tape avec peine ne peut pas laisser le navigateur écrire son nom.",
            "A person who types with difficulty cannot let the browser write their name.",
        ),
        Phrase(
            "Ajoutez `autocomplete: family-name` ou `given-name`, ou `off` si ce n'est pas le nom actuel.",
            "Add `autocomplete: family-name` or `given-name`, or `off` if it is not the present name.",
        ),
    ),
    Code(
        "M20",
        "error",
        Phrase("Le lien mène à « {target} ».", "The link leads to “{target}”."),
        Phrase(
            "Sans https, un réseau public peut montrer autre chose ; une adresse incomplète ne mène nulle part.",
            "Without https, a public network may show something else; an incomplete address leads nowhere.",
        ),
        Phrase("Écrivez l'adresse entière : https://…", "Write the whole address: https://…"),
    ),
    Code(
        "M21",
        "warning",
        Phrase(
            "Le contact « {name} » ne dit pas comment le joindre.",
            "The contact “{name}” does not say how to reach it.",
        ),
        Phrase("La personne a un nom, et aucun moyen de parler.", "The person has a name, and no way to talk."),
        Phrase("Ajoutez `phone`, `email`, `url` ou `how`.", "Add `phone`, `email`, `url` or `how`."),
    ),
    Code(
        "M22",
        "warning",
        Phrase("« {name} » n'accepte pas le PDF.", "“{name}” does not accept PDF."),
        Phrase(
            "Le dossier que la personne prépare est en PDF : elle ne pourrait pas le déposer par cette voie.",
            "The file that the person prepares is in PDF: it could not be filed this way.",
        ),
        Phrase("Ajoutez « pdf » à `formats`, ou vérifiez la source.", "Add “pdf” to `formats`, or check the source."),
    ),
    Code(
        "M23",
        "warning",
        Phrase(
            "« {name} » montre des codes à choisir : {codes}.",
            "“{name}” offers codes to choose from: {codes}.",
        ),
        Phrase("Peu de personnes savent ce que veut dire un code.", "Few people know what a code means."),
        Phrase(
            "Utilisez une table, avec les mots dans la colonne d'après, ou `choices`.",
            "Use a table, with the words in the next column, or `choices`.",
        ),
    ),
    Code(
        "M24",
        "warning",
        Phrase(
            "Deux questions de cette étape ont les mêmes mots : « {label} ».",
            "Two questions of this step have the same words: “{label}”.",
        ),
        Phrase(
            "Avec un lecteur d'écran, on ne sait pas à laquelle on répond.",
            "With a screen reader, one cannot tell which one is answered.",
        ),
        Phrase("Dites dans chacune ce qui la distingue.", "Say in each what sets it apart."),
    ),
    Code(
        "M25",
        "error",
        Phrase(
            "Une démarche qui oriente (`kind: router`) n'a pas de « {name} ».",
            "A procedure that only leads elsewhere (`kind: router`) has no “{name}”.",
        ),
        Phrase(
            "L'usager croirait déposer une demande ici, et rien ne serait déposé.",
            "Applicants would believe that they file something here, and nothing would be filed.",
        ),
        Phrase(
            "Enlevez « {name} » : c'est la démarche d'arrivée qui le dit. Ou enlevez `kind`.",
            "Take “{name}” out: the procedure where people arrive says it. Or take out `kind`.",
        ),
    ),
    Code(
        "M26",
        "error",
        Phrase(
            "On ne peut dire « je l'apporterai » de « {name} » : aucune voie de dépôt n'a de guichet.",
            "Nobody can say “I will bring it” of “{name}”: no way of filing has a counter.",
        ),
        Phrase(
            "La personne garderait un papier que personne ne prendra.",
            "The person would keep a paper that nobody will take.",
        ),
        Phrase(
            'Enlevez `will_bring`, ou écrivez quand le papier se donne : `due: "appointment"`.',
            'Take `will_bring` out, or write when the paper is given: `due: "appointment"`.',
        ),
    ),
    Code(
        "M27",
        "error",
        Phrase(
            "`may_say` ne sert à rien pour « {name} » : ce document n'est jamais attendu au dépôt.",
            "`may_say` is of no use for “{name}”: this document is never expected when filing.",
        ),
        Phrase(
            "Une réponse à la place d'un fichier n'a de sens que si un fichier est attendu.",
            "An answer in place of a file makes sense only where a file is expected.",
        ),
        Phrase(
            "Enlevez `may_say`, ou corrigez `need` ou `due`.",
            "Take `may_say` out, or mend `need` or `due`.",
        ),
    ),
    Code(
        "M28",
        "warning",
        Phrase("« {name} » demande une date de naissance.", "“{name}” asks for a date of birth."),
        Phrase(
            "Une faute de frappe dans l'année passerait : une naissance dans le futur.",
            "A slip in the year would pass: a birth in the future.",
        ),
        Phrase(
            'Ajoutez `birth: "yes"`. Si c\'est une autre date, `birth: "no"`.',
            'Add `birth: "yes"`. If it is another date, `birth: "no"`.',
        ),
    ),
)
