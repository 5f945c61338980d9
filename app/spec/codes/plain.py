"""L: words that keep people with little French, or little time, from understanding."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

_ONE_IDEA = Phrase(
    "Une phrase longue se perd en route : une personne qui lit mal, ou qui écoute la page, n'arrive pas au bout.",
    "A long sentence loses its reader: who reads badly, or listens to the page, does not get to its end.",
)
_CUT = Phrase("Coupez : une idée par phrase.", "Cut it: one idea for each sentence.")
_HARD = Phrase(
    "Une personne qui ne connaît pas ce mot s'arrête, ou répond au hasard.",
    "A person who does not know this word stops, or answers at random.",
)
_INSTEAD = Phrase("À la place : {better}.", "Instead: {better}.")

PLAIN = (
    Code(
        "L01",
        "error",
        Phrase(
            "Cette phrase a {count} mots, au plus {limit} : « {start} »",
            "This sentence has {count} words, {limit} at most: “{start}”",
        ),
        _ONE_IDEA,
        _CUT,
    ),
    Code(
        "L02",
        "hint",
        Phrase(
            "Cette phrase a {count} mots. Visez moins de {limit} : « {start} »",
            "This sentence has {count} words. Aim at less than {limit}: “{start}”",
        ),
        _ONE_IDEA,
        _CUT,
    ),
    Code(
        "L03",
        "error",
        Phrase("« {word} » est une tournure d'administration.", "“{word}” is office language."),
        Phrase(
            "Ces mots n'ajoutent rien, et éloignent la personne de ce qu'elle doit faire.",
            "These words add nothing, and come between people and what they have to do.",
        ),
        _INSTEAD,
    ),
    Code(
        "L04",
        "error",
        Phrase("« {word} » n'est expliqué nulle part.", "“{word}” is not explained anywhere."),
        _HARD,
        Phrase(
            "Dites-le avec des mots simples ({better}), ou expliquez ce mot dans `glossary`.",
            "Say it in plain words ({better}), or explain this word under `glossary`.",
        ),
    ),
    Code(
        "L05",
        "warning",
        Phrase(
            "Ce texte a {count} caractères, au plus {limit}.",
            "This text has {count} characters, {limit} at most.",
        ),
        Phrase(
            "Sur un petit écran, la question sort de la vue quand on répond.",
            "On a small screen, the question is out of sight when one answers.",
        ),
        Phrase("Raccourcissez, ou mettez la suite dans `help`.", "Shorten it, or move the rest to `help`."),
    ),
    Code(
        "L06",
        "warning",
        Phrase("Le sigle « {word} » n'est pas expliqué.", "The acronym “{word}” is not explained."),
        _HARD,
        Phrase(
            "Écrivez les mots entiers, ou expliquez le sigle dans `glossary`.",
            "Write the words in full, or explain the acronym under `glossary`.",
        ),
    ),
    Code(
        "L07",
        "hint",
        Phrase("Phrase à la forme passive : « {start} … »", "A passive sentence: “{start} …”"),
        Phrase("On comprend mieux qui fait quoi.", "One understands better who does what."),
        Phrase("Commencez par la personne qui agit.", "Begin with who acts."),
    ),
    Code(
        "L08",
        "warning",
        Phrase("Double négation : « {start} »", "A double negation: “{start}”"),
        Phrase(
            "Deux « non » dans une phrase : beaucoup comprennent le contraire.",
            "Two “no” in one sentence: many understand the opposite.",
        ),
        Phrase("Dites ce qu'il faut faire.", "Say what to do."),
    ),
    Code(
        "L09",
        "hint",
        Phrase("« {word} » : un mot plus courant existe.", "“{word}”: there is a more common word."),
        _HARD,
        _INSTEAD,
    ),
    Code(
        "L10",
        "error",
        Phrase("Ce lien s'appelle « {word} ».", "This link is called “{word}”."),
        Phrase(
            "Un lecteur d'écran lit la liste des liens : « cliquez ici » ne dit pas où l'on va.",
            "A screen reader reads the list of links: “click here” does not say where it leads.",
        ),
        Phrase("Nommez la page où mène le lien.", "Name the page that the link leads to."),
    ),
    Code(
        "L11",
        "warning",
        Phrase("Texte en majuscules : « {start} »", "Text in capitals: “{start}”"),
        Phrase(
            "Les majuscules se lisent mal, et un lecteur d'écran peut les épeler.",
            "Capitals are hard to read, and a screen reader may spell them.",
        ),
        Phrase("Écrivez en minuscules, avec **…** pour insister.", "Write small letters, with **…** to insist."),
    ),
    Code(
        "L12",
        "hint",
        Phrase(
            "Ce paragraphe a {count} phrases. Visez {limit} au plus.",
            "This paragraph has {count} sentences. Aim at {limit} at most.",
        ),
        _ONE_IDEA,
        Phrase("Coupez-le, ou faites une liste.", "Cut it, or make a list."),
    ),
    Code(
        "L20",
        "hint",
        Phrase(
            "Écart accepté à la règle {rule}. Raison : {reason}", "Accepted departure from {rule}. Reason: {reason}"
        ),
        Phrase(
            "Un écart reste visible, pour qu'une autre personne puisse en juger.",
            "A departure stays visible, so that somebody else can judge it.",
        ),
        Phrase("Rien à faire si la raison est bonne.", "Nothing to do if the reason is good."),
    ),
    Code(
        "L21",
        "warning",
        Phrase("L'écart à la règle {rule} ne sert à rien ici.", "The departure from {rule} has no use here."),
        Phrase(
            "Un écart oublié cacherait la prochaine faute.",
            "A departure left behind would hide the next fault.",
        ),
        Phrase("Retirez-le de `accept`.", "Take it out of `accept`."),
    ),
)
