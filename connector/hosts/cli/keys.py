"""Commands about the database: the keys that encrypt it, and a move to another one."""

from enum import StrEnum
from typing import Annotated

import typer

from .caller import words
from .output import AsJson, console, print_json, say, table
from .progress import ProgressBar

_SHOWN = 12
"""Letters of a fingerprint, enough to tell one key from another."""


class Task(StrEnum):
    """What can be done with keys."""

    NEW = "new"
    ROTATE = "rotate"


def keys(
    task: Annotated[
        Task | None,
        typer.Argument(
            help="new prints a fresh key, rotate encrypts everything with the newest; else they are listed."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the keys that the database needs, make a new one, or change to it."""
    if task is Task.NEW:
        _new(as_json=as_json)
    elif task is Task.ROTATE:
        _rotate(as_json=as_json)
    else:
        _list(as_json=as_json)


def _new(*, as_json: bool) -> None:
    from ...store.cipher import fingerprint, new_key

    key = new_key()
    if as_json:
        print_json({"key": key, "fingerprint": fingerprint(key)})
    else:
        typer.echo(key)


def _list(*, as_json: bool) -> None:
    from ...settings import Settings
    from ...store.rotation import keys_in_use

    settings = Settings.load()
    found = keys_in_use(settings.database_url.get_secret_value(), keys=settings.secret_keys)
    if as_json:
        print_json(
            [{"fingerprint": key.fingerprint, "since": key.added_at.isoformat(), "seals": key.seals} for key in found]
        )
        return
    rows = [(key.fingerprint[:_SHOWN], f"{key.added_at.astimezone():%Y-%m-%d %H:%M}", str(key.seals)) for key in found]
    console().print(table([words("Key"), words("In use since"), words("Encrypted values")], rows))
    if len(found) > 1:
        say(words("Everything can be encrypted with the newest key: zoom-connector keys rotate"))


def _rotate(*, as_json: bool) -> None:
    from ...settings import Settings
    from ...store.rotation import keys_in_use, rotate

    settings = Settings.load()
    url = settings.database_url.get_secret_value()
    with ProgressBar(of_bytes=False) as progress:
        rows = rotate(url, keys=settings.secret_keys, progress=progress)
    (newest,) = keys_in_use(url, keys=settings.secret_keys)
    if as_json:
        print_json({"fingerprint": newest.fingerprint, "encrypted_again": rows})
        return
    key = newest.fingerprint[:_SHOWN]
    say(words("The database needs only the key {key} now; {count} rows were encrypted again.", key=key, count=rows))
    if len(settings.secret_keys) > 1:
        say(
            words(
                "Take the older keys out of ZOOM_CONNECTOR_SECRET_KEY, and keep them as long as the backups that need "
                "them."
            )
        )
    elif settings.secret_keys and not rows:
        say(words("There is no newer key to change to. Make one with: zoom-connector keys new"))
        say(
            words(
                "Then put it in front of the other, with a comma between them, restart everything, and run this again."
            )
        )


def copy_store(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Address of the database to copy from.")],
    as_json: AsJson = False,
) -> None:
    """Copy every connection into the empty database of the settings. Stop everything else before."""
    from ...settings import Settings
    from ...store.copying import copy

    settings = Settings.load()
    copied = copy(source, settings.database_url.get_secret_value(), keys=settings.secret_keys)
    if as_json:
        print_json({"connections": copied})
        return
    say(words("Copied, with {count} connections.", count=copied))
    say(words("From now on use only the new database: what is renewed in one of the two is dead in the other."))
