"""The connector as a platform loads it: manifests at once, database and network when they are first needed."""

import difflib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Self

from .catalogue import Action, Catalogue
from .connection import Connection
from .errors import InvalidInputs, ZoomConnectorError
from .explain import Explanation, explain
from .scopes import Usage
from .trigger import Trigger
from .types import Inputs

if TYPE_CHECKING:
    from .app_manifest import AppManifest
    from .doctor.examining import Patient
    from .doctor.findings import Diagnosis
    from .engine import Engine
    from .events.subscribing import Feed
    from .loading import Loaded
    from .oauth.connections import Forgotten
    from .oauth.names import Connected
    from .oauth.sign_in import SignIn
    from .settings import Settings


class Connector:
    """What a platform works with; threads may share it. Use it in a `with`, or close it."""

    def __init__(self, catalogue: Catalogue, loaded: "Loaded") -> None:
        self.catalogue = catalogue
        self._loaded = loaded

    def in_language(self, wanted: str) -> "Connector":
        """Return the same connector with its texts in another language; the one it came from is to be closed.

        Args:
            wanted: as in the header Accept-Language, such as `fr-CA, en;q=0.8`. What there is not stays English.
        """
        return Connector(self.catalogue.in_language(wanted), self._loaded)

    @property
    def actions(self) -> Mapping[str, Action]:
        """Every action by key, read when it is first asked for."""
        return self.catalogue.actions

    @property
    def triggers(self) -> Mapping[str, Trigger]:
        """Every trigger by key, read when it is first asked for."""
        return self.catalogue.triggers

    def action(self, key: str) -> Action:
        """Return one action.

        Raises:
            InvalidInputs: `unknown_action`, with keys that look like it.
        """
        if key not in self.actions:
            raise InvalidInputs("unknown_action", action=key, similar=difflib.get_close_matches(key, self.actions))
        return self.actions[key]

    def connection(self, name: str) -> Connection:
        """Return a connection to run actions with.

        Raises:
            InvalidInputs: `unknown_connection`, with the names there are.
            SettingsError: the settings, the key or the database are missing or wrong.
        """
        return Connection(self, self.engine.connections.get(name))

    @property
    def feed(self) -> "Feed":
        """What happened at Zoom, who wants to be told, and what became of telling them."""
        return self.engine.feed

    def connections(self) -> list[Connection]:
        """Return every connection by name, in the state it was last known in; asks Zoom nothing."""
        return [Connection(self, record) for record in self.engine.connections.all()]

    def sign_in(
        self, name: str, *, redirect_uri: str, mode: str = "oauth_authorization_code", inputs: Inputs | None = None
    ) -> "SignIn":
        """Begin to connect a Zoom user: send a browser to the `url` of what is returned.

        Args:
            name: what the connection will be called; one that exists is connected anew.
            redirect_uri: where Zoom sends the browser back to, as the app at Zoom has it.
            mode: a key of `catalogue.identity.auth` with `consent`; the platform's app when left out.
            inputs: what the mode's form was filled in with.

        Raises:
            InvalidInputs: the name cannot be one, or the form is filled in wrongly.
            SettingsError: the settings name no app, or are wrong.
        """
        return self.engine.sign_in(name, redirect_uri, mode, inputs or {})

    def connect(self, name: str, mode: str, inputs: Inputs, *, replace: bool = False) -> "Connected":
        """Connect in a mode in which nobody signs in, such as `server_to_server`.

        Args:
            name: what the connection will be called; one that exists is connected anew.
            mode: a key of `catalogue.identity.auth` without `consent`.
            inputs: what the mode's form was filled in with.
            replace: let the name mean this user, whoever it meant before.

        Raises:
            InvalidInputs: the name or the form is wrong, or `connection_exists`: the name means another user.
            MissingScopes: the app may not even read its users.
            ZoomError: Zoom refused the app, or gave no answer.
        """
        return self.engine.connect(name, mode, inputs, replace=replace)

    def complete(self, callback_url: str, *, replace: bool = False) -> "Connected":
        """Finish a sign-in with the URL that Zoom sent the browser to; one pasted by a person will do.

        Args:
            callback_url: the whole URL.
            replace: let the name mean the user who has now signed in, whoever it meant before.

        Raises:
            SignInFailed: Zoom or the person said no, or the URL is not of a sign-in that is going on.
            InvalidInputs: `connection_exists`: the name means another user. Call again with `replace`, or `abandon`.
            ZoomError: Zoom refused the app, or gave no answer.
        """
        return self.engine.complete(callback_url, replace=replace)

    def abandon(self, callback_url: str) -> None:
        """Leave everything as it was after `connection_exists`.

        Raises:
            SignInFailed: the URL is none that `complete` answered so.
        """
        self.engine.abandon(callback_url)

    def forget(self, user: str) -> "Forgotten":
        """Delete everything about a Zoom user, by e-mail address or id: grants, connections, runs, sign-ins, events.

        What stays is when it was done (`removals`). Where Zoom gives no answer the stored data goes all the same.

        Raises:
            InvalidInputs: `unknown_user`.
        """
        return self.engine.connections.forget(user)

    def removals(self) -> list[datetime]:
        """Return when users were forgotten, the latest first."""
        return self.engine.removals()

    def app_manifest(
        self, *keys: str, usage: Usage, redirect_uri: str, name: str, webhook_url: str | None = None
    ) -> "AppManifest":
        """Write what creates a customer's own app at Zoom in one paste.

        Args:
            keys: of the actions and triggers that the app is for; none: all actions.
            usage: who manages the app, each user or an admin.
            redirect_uri: where Zoom sends the browser back to.
            name: what Zoom calls the app on its consent page.
            webhook_url: where Zoom sends events to; only triggers need it.

        Raises:
            InvalidInputs: `unknown_action`, `app_name_invalid`, `redirect_refused` or `webhook_refused`.
        """
        from .app_manifest import app_manifest

        chosen = [self.triggers.get(key) or self.action(key) for key in dict.fromkeys(keys or self.actions)]
        return app_manifest(
            self.catalogue.identity, chosen, usage=usage, redirect_uri=redirect_uri, name=name, webhook_url=webhook_url
        )

    def doctor(self, name: str | None = None, *keys: str) -> "Diagnosis":
        """Look at all that one connection, or every one, needs, and change nothing; see `doctor.examining.examine`."""
        from .doctor.examining import examine

        return examine(self._patient(), name, keys)

    def support_bundle(self) -> bytes:
        """Return a zip archive for whoever is asked for help, with nothing secret or personal in it; see `support`.

        It has versions, names of settings, the doctor's findings and what failed lately; nothing is changed.
        """
        from .support import bundle

        return bundle(self._patient())

    def explain(self, failure: ZoomConnectorError | str) -> Explanation:
        """Say who must act, why and how, for a failure of ours or for what a person copied from Zoom."""
        return explain(failure, self.catalogue.errors)

    @property
    def settings(self) -> "Settings":
        """The settings this connector works with.

        Raises:
            SettingsError: `setting_invalid`.
        """
        return self._loaded.settings

    @property
    def engine(self) -> "Engine":
        """What works with Zoom, opened on first use: loading must cost neither a database nor an HTTP library."""
        return self._loaded.engine

    def _patient(self) -> "Patient":
        from .doctor.examining import Patient

        told = self._loaded
        return Patient(self.catalogue, lambda: self.settings, told.tenant, told.clock, told.session, told.store)

    def close(self) -> None:
        """Give back the database and the connections to Zoom."""
        self._loaded.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
