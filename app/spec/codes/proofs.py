"""V: what is proven, over every possible applicant and every day for which the file speaks. Raised by `app.verify`."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

_NOBODY = Phrase(
    "Ce que personne ne rencontre est presque toujours une condition mal écrite : quelqu'un devait le voir.",
    "What nobody meets is nearly always a condition written wrong: somebody was meant to see it.",
)
_WHO = Phrase(
    "Corrigez la condition, ou celles dont elle dépend. L'exemple montre une personne qui arrive ici.",
    "Correct the condition, or those it depends on. The example shows somebody who comes here.",
)

PROOFS = (
    Code(
        "V00",
        "error",
        Phrase("Rien n'est prouvé pour {what} : {bound}.", "Nothing is proven for {what}: {bound}."),
        Phrase(
            "Ce qui n'est pas prouvé peut laisser une personne sans issue.",
            "What is not proven may leave somebody without a way out.",
        ),
        Phrase(
            "Coupez la démarche, ou faites lire moins de réponses par une même condition.",
            "Split the procedure, or let one condition read fewer answers.",
        ),
    ),
    Code("V01", "error", Phrase("Personne ne voit {what}.", "Nobody sees {what}."), _NOBODY, _WHO),
    Code(
        "V02",
        "error",
        Phrase(
            "Personne ne peut répondre « {choice} » à « {name} » : une vérification le refuse toujours.",
            "Nobody can answer “{choice}” to “{name}”: a check always refuses it.",
        ),
        Phrase(
            "La personne choisit une réponse proposée, et la page la refuse.",
            "Somebody chooses an answer that is offered, and the page refuses it.",
        ),
        Phrase("Retirez ce choix, ou corrigez la vérification (`checks`).", "Remove the choice, or correct the check."),
    ),
    Code("V03", "error", Phrase("Personne n'a à donner {what}.", "Nobody is asked for {what}."), _NOBODY, _WHO),
    Code("V04", "error", Phrase("Personne n'arrive à {what}.", "Nobody comes to {what}."), _NOBODY, _WHO),
    Code("V05", "error", Phrase("Personne ne peut utiliser {what}.", "Nobody can use {what}."), _NOBODY, _WHO),
    Code(
        "V06",
        "error",
        Phrase(
            "Cette condition est toujours vraie ici : {what} vaut pour tout le monde.",
            "This condition is always true here: {what} is for everybody.",
        ),
        Phrase("Quelqu'un devait être laissé de côté, et ne l'est pas.", "Somebody was to be left out, and is not."),
        Phrase(
            "Retirez la condition, ou corrigez-la. L'exemple montre une personne pour qui elle est vraie.",
            "Remove the condition, or correct it. The example shows somebody for whom it is true.",
        ),
    ),
    Code(
        "V07",
        "error",
        Phrase("Cette condition n'est jamais vraie ici : {what}.", "This condition is never true here: {what}."),
        _NOBODY,
        _WHO,
    ),
    Code(
        "V08",
        "warning",
        Phrase(
            "Dans cette condition, {part} ne change rien, pour personne.",
            "In this condition, {part} changes nothing, for anybody.",
        ),
        Phrase(
            "Qui l'a écrit pensait à quelqu'un : cette personne n'est pas traitée comme prévu, ou n'existe pas.",
            "Whoever wrote it had somebody in mind: that person is not treated as foreseen, or does not exist.",
        ),
        Phrase("Retirez cette partie, ou corrigez-la.", "Remove this part, or correct it."),
    ),
    Code(
        "V09",
        "hint",
        Phrase(
            "Les autres parties de la condition décident toujours sans {part}.",
            "The other parts of the condition always decide without {part}.",
        ),
        Phrase(
            "La condition peut se dire plus court ; si cette partie devait décider, elle est mal écrite.",
            "The condition can be said in fewer words; if this part was to decide, it is written wrong.",
        ),
        Phrase("Gardez-la si elle aide à lire.", "Keep it if it helps to read."),
    ),
    Code(
        "V10",
        "error",
        Phrase(
            "« {name} » est lu ici, et n'est demandé à aucune des personnes qui arrivent ici.",
            "“{name}” is read here, and nobody who comes here is asked for it.",
        ),
        Phrase(
            "Le test est faux pour tout le monde : il ne trie personne.", "The test is false for all: it sorts nobody."
        ),
        Phrase(
            "Posez la question à ces personnes, ou retirez le test.", "Ask these people the question, or drop the test."
        ),
    ),
    Code(
        "V11",
        "error",
        Phrase(
            "Ce texte cite « {name} », qui n'est pas demandé à toutes les personnes qui le lisent.",
            "This text cites “{name}”, which not everybody who reads it is asked for.",
        ),
        Phrase("La phrase aurait un trou.", "The sentence would have a hole."),
        Phrase(
            "Ajoutez au texte la condition de la question, ou une phrase pour les autres personnes.",
            "Give the text the condition of the question, or write a sentence for the others.",
        ),
    ),
    Code(
        "V12",
        "error",
        Phrase(
            "Des personnes répondent à tout et n'ont aucun moyen de déposer leur dossier.",
            "Some people answer everything and have no way of filing.",
        ),
        Phrase("Elles ont tout rempli pour rien.", "They have filled in everything for nothing."),
        Phrase(
            "Ouvrez une voie de dépôt (`channels`) à ces personnes, ou ajoutez une issue qui leur en donne une. "
            "La solution de substitution ne suffit pas seule. "
            "Une démarche qui oriente (`kind: router`) mène chaque personne à une issue `stop`.",
            "Open a way of filing (`channels`) to them, or add an outcome that gives them one. "
            "The substitution route is not enough on its own. "
            "A procedure that leads elsewhere (`kind: router`) brings everybody to a `stop` outcome.",
        ),
    ),
    Code(
        "V13",
        "error",
        Phrase("Des personnes n'ont personne à qui parler.", "Some people have nobody to talk to."),
        Phrase(
            "Qui ne comprend pas ou se trompe doit pouvoir demander.",
            "Whoever does not understand or is mistaken must be able to ask.",
        ),
        Phrase(
            "Ajoutez dans `contacts` un téléphone ou un lieu, et pas seulement un site.",
            "Add a phone or a place to `contacts`, not only a site.",
        ),
    ),
    Code(
        "V14",
        "error",
        Phrase(
            "À l'étape « {name} », des personnes ne peuvent donner aucune réponse valable ({asked}).",
            "At the step “{name}”, some people cannot give any valid answer ({asked}).",
        ),
        Phrase(
            "La page refuse tout ce qu'elles écrivent : elles ne peuvent pas continuer.",
            "The page refuses all they write: they cannot go on.",
        ),
        Phrase(
            'Corrigez les vérifications ou les limites de dates, ou passez la vérification en `level: "advice"`.',
            'Correct the checks or the limits of dates, or turn the check into `level: "advice"`.',
        ),
    ),
)
