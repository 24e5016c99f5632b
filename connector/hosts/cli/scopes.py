"""Commands about the app at Zoom: which scopes it needs, what one of them allows, and its manifest to paste."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...app_manifest import CLIENT_ID
from ...calls import Call
from ...catalogue import Action
from ...scopes import Family, Usage, at_level
from ...trigger import Trigger
from .caller import catalogue, load, words
from .output import AsJson, console, print_json, refuse, say, table

if TYPE_CHECKING:
    from ...app_manifest import Note
    from ...scope_sets import Allowed, ScopeSet, Use

_USAGES: tuple[Usage, ...] = ("user", "admin")
_FAMILIES: tuple[Family, ...] = ("granular", "classic")

Keys = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KEY]...", help="Actions and triggers, such as create_meeting recording_completed; none: all actions."
    ),
]


def scopes(
    actions: Keys = None,
    *,
    of: Annotated[
        str | None, typer.Option(metavar="SCOPE", help="Say instead what this scope allows, such as meeting:read.")
    ] = None,
    usage: Annotated[Usage | None, typer.Option(help="Only for an app managed like this.")] = None,
    family: Annotated[Family | None, typer.Option(help="Only names of this kind; new apps have granular ones.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the fewest scopes that some actions need, or what a scope allows."""
    from ...scope_sets import allowed_by, smallest_set

    if of is not None:
        if actions:
            refuse(words("Name either actions or, with --of, a scope."))
        return _show_allowed(allowed_by(catalogue(), of), as_json=as_json)
    named = chosen(actions)
    sets = [
        smallest_set(catalogue().identity, named, usage=one, family=other)
        for other in ([family] if family else _FAMILIES)
        for one in ([usage] if usage else _USAGES)
    ]
    if as_json:
        print_json([_set_as_json(each) for each in sets])
        return None
    for each in sets:
        rows = [(asked.scope, "\n".join(_needed_by(asked.uses))) for asked in each.scopes]
        console().print(table([words("Scope"), words("Needed for")], rows, title=_kind(each.usage, each.family)))
        for use in each.beyond:
            say(without_scope(use.who, use.call, each.usage, each.family))
    for one_of in named:
        if one_of.any_event if isinstance(one_of, Trigger) else one_of.any_operation:
            say(_names_its_call(one_of.key))
    return None


def app_manifest(
    actions: Keys = None,
    *,
    usage: Annotated[Usage, typer.Option(help="Who manages the app: each user, or an admin for the whole account.")],
    redirect: Annotated[
        str, typer.Option(metavar="URL", help="Where Zoom sends people back to; here it is the address of `connect`.")
    ] = "http://127.0.0.1:8976/oauth/callback",
    name: Annotated[str, typer.Option(help="What the app is called on Zoom's pages.")] = "Workflow automation for Zoom",
    webhook: Annotated[
        str | None, typer.Option(metavar="URL", help="Where Zoom sends the events of triggers: the address of `serve`.")
    ] = None,
) -> None:
    """Write the manifest that makes your own app at Zoom in one paste; what to know about it goes to standard error."""
    connector = load()
    public = connector.settings.public_url
    address = webhook or (f"{public}/webhooks/zoom/{CLIENT_ID}" if public else None)
    written = connector.app_manifest(*actions or (), usage=usage, redirect_uri=redirect, name=name, webhook_url=address)
    print_json(written.manifest)
    say(words("Paste this when you create a General app at marketplace.zoom.us, under Develop, Build App;"), err=True)
    say(words("https://developers.zoom.us/docs/build-flow/manifests/ shows where."), err=True)
    for note in written.notes:
        say(_noted(note, usage), err=True)


def chosen(keys: Iterable[str] | None) -> list[Action | Trigger]:
    """Return the actions and triggers that were named; none: all actions.

    Raises:
        InvalidInputs: `unknown_action`.
    """
    connector = load()
    return [connector.triggers.get(key) or connector.action(key) for key in dict.fromkeys(keys or connector.actions)]


def _kind(usage: Usage, family: Family) -> str:
    return {
        ("user", "granular"): words("User-managed app"),
        ("admin", "granular"): words("Admin-managed app, or server-to-server app"),
        ("user", "classic"): words("User-managed app with classic scopes"),
        ("admin", "classic"): words("Admin-managed app with classic scopes"),
    }[usage, family]


def _needed_by(uses: "Iterable[Use]") -> list[str]:
    return list(
        dict.fromkeys(
            f"{use.who}: {use.call.purpose}" if use.who and use.call.purpose else use.who or use.call.purpose
            for use in uses
        )
    )


def without_scope(key: str, call: Call, usage: Usage, family: Family) -> str:
    """Say what an action cannot do, or cannot do at all, because no scope of one kind allows a call."""
    scopes = call.scopes.granular if family == "granular" else call.scopes.classic
    event = call.method == "EVENT"
    what = words("the event {event}", event=call.path) if event else f"{call.method} {call.path}"
    reason = words("Zoom has no scope of this kind for {what}.", what=what)
    if scopes and usage == "user":
        reason = words("Zoom has no scope of this kind for {what} that a user-managed app can have.", what=what)
    elif scopes:
        reason = words("Zoom has no scope of this kind for {what} that an admin-managed app can have.", what=what)
    other: Usage = "admin" if usage == "user" else "user"
    remedy = words("With --usage {usage} there is one.", usage=other) if at_level(scopes, other) else ""
    told = {"key": key, "purpose": call.purpose, "reason": reason, "remedy": remedy}
    if call.optional:
        return words("{key} works, but without this: {purpose} {reason}[ {remedy}]", **told)
    return words("{key} cannot be done and is left out: {reason}[ {remedy}]", **told)


def _names_its_call(key: str) -> str:
    return words(
        "{key} needs the scopes of whatever call a step names, or of whatever events are to fire it; nothing is asked "
        "for it here. Add those scopes to the app by hand.",
        key=key,
    )


def _noted(note: "Note", usage: Usage) -> str:
    if note.call is not None:
        return without_scope(note.about, note.call, usage, "granular")
    if note.kind == "names_its_call":
        return _names_its_call(note.about)
    if note.kind == "client_id":
        return words(
            "When Zoom has made the app, put its client ID in place of {placeholder} in the address of the event "
            "subscription: {address}",
            placeholder=CLIENT_ID,
            address=note.about,
        )
    if note.kind == "prove_domain":
        return words(
            "Before the app is published, prove to Zoom that {domain} is yours (DNS record, file or tag).",
            domain=note.about,
        )
    return words(
        "{address} works for sign-ins on this machine, with PKCE. "
        "A platform, and every app that is published, needs an https address.",
        address=note.about,
    )


def _set_as_json(found: "ScopeSet") -> dict[str, Any]:
    return {
        "usage": found.usage,
        "family": found.family,
        "scopes": [
            {"scope": asked.scope, "needed_for": [_use_as_json(use) for use in asked.uses]} for asked in found.scopes
        ],
        "beyond": [_use_as_json(use) for use in found.beyond],
    }


def _use_as_json(use: "Use") -> dict[str, Any]:
    call = use.call
    return {
        "action": use.who or None,
        "method": call.method,
        "path": call.path,
        "optional": call.optional,
        "reason": use.reason,
    }


def _show_allowed(allowed: "Allowed", *, as_json: bool) -> None:
    actions = [each.key for each in allowed.actions]
    in_part = [each.key for each in allowed.in_part]
    if as_json:
        operations = [{"method": call.method, "path": call.path} for call in allowed.operations]
        print_json({"scope": allowed.scope, "actions": actions, "actions_in_part": in_part, "operations": operations})
        return
    say(words("{scope} is enough for: {actions}", scope=allowed.scope, actions=actions or words("no action")))
    if in_part:
        say(words("A part of these needs it: {actions}", actions=in_part))
    rows = [(call.method, call.path) for call in allowed.operations]
    console().print(table([words("Method"), words("Path")], rows, title=words("Operations of Zoom it allows")))
