"""T: what was right and that passing time has made wrong. Never a refusal to serve."""

from app.spec.codes.entry import Code
from app.spec.codes.phrase import Phrase

_BANNER = Phrase("L'usager est prévenu par un bandeau.", "Applicants are told by a banner.")

TIME = (
    Code(
        "T01",
        "stale",
        Phrase(
            "Cette démarche devait être revue avant le {day}.",
            "This procedure was to be checked again by {day}.",
        ),
        Phrase(
            "La loi a pu changer : l'usager est prévenu par un bandeau.",
            "The law may have changed: applicants are told by a banner.",
        ),
        Phrase(
            "Vérifiez chaque fait, puis changez `checked_on` et `review_by`.",
            "Check every fact, then change `checked_on` and `review_by`.",
        ),
    ),
    Code(
        "T02",
        "stale",
        Phrase(
            "Cette démarche n'est plus valable depuis le {day}.",
            "This procedure has not been valid since {day}.",
        ),
        Phrase(
            "L'usager ne peut plus la commencer : la page de départ le dit.",
            "Nobody can begin it any more: the start page says so.",
        ),
        Phrase(
            "Publiez une nouvelle version, ou dites dans `suspended` où aller.",
            "Publish a new version, or say in `suspended` where to go.",
        ),
    ),
    Code(
        "T03",
        "stale",
        Phrase(
            "Le fait « {name} » n'a plus de valeur depuis le {day}.",
            "The fact “{name}” has had no value since {day}.",
        ),
        Phrase(
            "L'usager lit une phrase de remplacement à la place du montant ou du délai.",
            "Applicants read a fallback sentence instead of the amount or the time limit.",
        ),
        Phrase("Ajoutez une période.", "Add a period."),
    ),
)
