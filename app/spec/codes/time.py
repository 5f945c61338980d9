"""T: what was right and that passing time has made wrong. Never a refusal to serve."""

from app.spec.codes.entry import Code

TIME = (
    Code(
        "T01",
        "stale",
        "Cette démarche devait être revue avant le {day}.",
        "La loi a pu changer : l'usager est prévenu par un bandeau.",
        "Vérifiez chaque fait, puis changez `checked_on` et `review_by`.",
    ),
    Code(
        "T02",
        "stale",
        "Cette démarche n'est plus valable depuis le {day}.",
        "L'usager est prévenu par un bandeau.",
        "Publiez une nouvelle version, ou ajoutez `suspended`.",
    ),
    Code(
        "T03",
        "stale",
        "Le fait « {name} » n'a plus de valeur depuis le {day}.",
        "L'usager lit une phrase de remplacement à la place du montant ou du délai.",
        "Ajoutez une période.",
    ),
)
