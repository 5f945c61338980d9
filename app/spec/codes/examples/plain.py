"""Examples of L codes."""

_LONG = (
    "Si vous avez déménagé depuis la date à laquelle votre carte a été faite, vous devez le dire à la préfecture dans "
    "les trois mois avec une preuve de votre nouvelle adresse"
)
_RATHER_LONG = (
    "Si vous avez déménagé depuis que vous avez cette carte, dites-le à la préfecture et montrez une preuve de votre "
    "adresse"
)


def _label(label: str, more: str = "") -> str:
    step = 'rules: {}\nsteps:\n  - id: "situation"\n    title: "Votre situation"\n    fields:\n'
    return f'{step}      - id: "moved"\n        kind: "yes_no"\n        label: "{label}"\n{more}'


def _summary(text: str) -> str:
    return f'summary: "{text}"\n'


def _accepted(code: str) -> str:
    return f"""summary:
  text: "Demandez un récépissé à la préfecture."
  accept: {{codes: ["{code}"], because: "C'est le nom écrit sur le papier officiel."}}
"""


_HELP = (
    '        help: "Dites-nous si vous avez changé de maison depuis que vous avez votre carte de séjour actuelle. Vous '
    "pouvez avoir changé de rue, de ville ou de département depuis ce jour. La préfecture qui vous répond dépend de "
    "cette adresse et de rien d'autre. Si vous avez gardé la même maison depuis ce jour, la réponse est non. Si vous "
    "hésitez, regardez l'adresse écrite derrière votre carte actuelle et comparez. La réponse peut encore changer plus "
    'tard, si vous vous êtes trompé."\n'
)
_SHORT_HELP = '        help: "Regardez l\'adresse écrite sur votre carte."\n'

PLAIN: dict[str, tuple[str, str]] = {
    "L01": (
        _summary(f"{_LONG}."),
        _summary(
            "Vous avez déménagé ? Vous avez trois mois pour le dire à la préfecture. Montrez une preuve d'adresse."
        ),
    ),
    "L02": (
        _summary(f"{_RATHER_LONG}."),
        _summary("Vous avez déménagé ? Dites-le à la préfecture. Montrez une preuve de votre adresse."),
    ),
    "L03": (_summary("Veuillez joindre une copie du passeport."), _summary("Joignez une copie du passeport.")),
    "L04": (
        _summary("Gardez votre récépissé avec vous."),
        'glossary:\n  récépissé: "Un papier qui montre que vous avez fait une demande."\n'
        + _summary("Gardez votre récépissé avec vous."),
    ),
    "L05": (
        _label("Avez-vous changé d'adresse depuis le jour où la préfecture vous a donné votre carte actuelle ?"),
        _label("Avez-vous changé d'adresse ?", '        hint: "Depuis que vous avez votre carte."\n'),
    ),
    "L06": (
        _summary("Demandez un document à la CPAM."),
        _summary("Demandez un document à la caisse d'assurance maladie (CPAM)."),
    ),
    "L07": (
        _summary("Votre demande est étudiée par la préfecture."),
        _summary("La préfecture étudie votre demande."),
    ),
    "L08": (
        _summary("Ne partez pas sans avoir gardé une copie."),
        _summary("Gardez une copie avant de partir."),
    ),
    "L09": (_summary("Vous pouvez solliciter un rendez-vous."), _summary("Vous pouvez demander un rendez-vous.")),
    "L10": (
        _summary("Pour la liste des bureaux, [cliquez ici](https://example.fr/)."),
        _summary("Voir la [liste des bureaux](https://example.fr/)."),
    ),
    "L11": (_summary("IL FAUT VENIR AVEC le passeport."), _summary("Il faut venir avec le **passeport**.")),
    "L12": (_label("Avez-vous déménagé ?", _HELP), _label("Avez-vous déménagé ?", _SHORT_HELP)),
    "L20": (_accepted("L04"), _summary("Demandez un papier à la préfecture.")),
    "L21": (
        _accepted("L01").replace("récépissé", "papier"),
        _summary("Demandez un papier à la préfecture."),
    ),
}
