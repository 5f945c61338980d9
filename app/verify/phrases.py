"""The sentences of `guichet diff`: what happens to a thing, for one and for several."""

from __future__ import annotations

from collections.abc import Iterator


def _both(singular: str, plural: str) -> dict[str, str]:
    return {"singular": singular, "plural": plural}


def _alike(words: str) -> dict[str, str]:
    return _both(words, words)


PHRASES: dict[str, dict[str, str]] = {
    "question gained": _both(
        "La question {names} est maintenant posée.", "Les questions {names} sont maintenant posées."
    ),
    "question lost": _both("La question {names} n'est plus posée.", "Les questions {names} ne sont plus posées."),
    "outcome gained": _alike("Ces personnes lisent maintenant {names}."),
    "outcome lost": _alike("Ces personnes ne lisent plus {names}."),
    "channel gained": _both("Une voie s'ouvre : {names}.", "Des voies s'ouvrent : {names}."),
    "channel lost": _both("Une voie se ferme : {names}.", "Des voies se ferment : {names}."),
    "letter gained": _both(
        "La lettre {names} est maintenant proposée.", "Les lettres {names} sont maintenant proposées."
    ),
    "letter lost": _both("La lettre {names} n'est plus proposée.", "Les lettres {names} ne sont plus proposées."),
    "note gained": _alike("On lit maintenant sur la page : {names}."),
    "note lost": _alike("On ne lit plus sur la page : {names}."),
    "paragraph gained": _alike("La lettre dit maintenant : {names}."),
    "paragraph lost": _alike("La lettre ne dit plus : {names}."),
    "fee gained": _alike("Il faut maintenant payer : {names}."),
    "fee lost": _alike("Il ne faut plus payer : {names}."),
    "declaration gained": _alike("Il faut maintenant déclarer {names}."),
    "declaration lost": _alike("Il ne faut plus déclarer {names}."),
    "advice gained": _both(
        "Un conseil s'affiche maintenant : {names}.", "Des conseils s'affichent maintenant : {names}."
    ),
    "advice lost": _both("Un conseil ne s'affiche plus : {names}.", "Des conseils ne s'affichent plus : {names}."),
    "error gained": _alike("Ces réponses sont maintenant refusées : {names}."),
    "error lost": _alike("Ces réponses ne sont plus refusées : {names}."),
}
LEVELS = {"required": "obligatoire", "recommended": "conseillé", "optional": "facultatif"}


def _level_phrases() -> Iterator[tuple[str, dict[str, str]]]:
    for new, word in LEVELS.items():
        yield (
            f"document none {new}",
            _both(
                f"Un document est maintenant demandé ({word}) : {{names}}.",
                f"Des documents sont maintenant demandés ({word}s) : {{names}}.",
            ),
        )
        yield (
            f"document {new} none",
            _both("Un document n'est plus demandé : {names}.", "Des documents ne sont plus demandés : {names}."),
        )
        for old, was in LEVELS.items():
            yield (
                f"document {old} {new}",
                _both(
                    f"Le document {{names}} devient {word} (il était {was}).",
                    f"Les documents {{names}} deviennent {word}s (ils étaient {was}s).",
                ),
            )


PHRASES.update(_level_phrases())
