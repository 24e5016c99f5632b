"""Values to choose from instead of typing ids."""

from zoom_connector.catalogue import Catalogue
from zoom_connector.lookups import fields_of

CATALOGUE = Catalogue()
LOOKUPS = [
    (key, name, field["lookup"], fields_of(found))
    for catalogue in (CATALOGUE.actions, CATALOGUE.triggers)
    for key, found in catalogue.items()
    for name, field in fields_of(found).items()
    if "lookup" in field
]


def test_every_lookup_gives_its_action_what_it_needs_and_reads_what_it_gives() -> None:
    wrong = []
    for key, name, lookup, fields in LOOKUPS:
        action, depends_on = CATALOGUE.actions[lookup["action"]], lookup.get("depends_on", [])
        row = action.outputs["properties"][lookup["items"]]["items"]["properties"]
        row_of = name.rpartition(".")[0]
        beside = {other.removeprefix(f"{row_of}.") for other in fields if other.startswith(row_of)}
        fits = [
            action.effect == "read",
            set(action.inputs.get("required", ()))
            <= set(depends_on)
            <= {*action.inputs["properties"]} & {*fields, *beside},
            {lookup["value"], *lookup["label"]} <= row.keys(),
        ]
        wrong += [] if all(fits) else [f"{key}.{name}: {fits}"]

    assert wrong == []
