"""Create a user, provided that the mail domain belongs to the account.

https://developers.zoom.us/docs/api/users/#tag/users/POST/users
"""

from zoom_connector import Inputs, InvalidInputs, Outputs, ZoomClient

_MANAGED = "/accounts/{account_id}/managed_domains"
_TRUSTED = "/accounts/{account_id}/trusted_domains"
_INVITED, _BASIC = "create", 1


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    domain = inputs["email"].rpartition("@")[2].lower()
    allowed = _managed(zoom)
    # Only a step that lets trusted domains in needs the scope to read them.
    if domain not in allowed and inputs.get("domains") == "managed_or_trusted":
        allowed |= _trusted(zoom)
    if domain not in allowed:
        raise InvalidInputs("domain_not_of_account", domain=domain, allowed=sorted(allowed))

    user = {name: value for name, value in inputs.items() if name != "domains"}
    made = zoom.call("/users", {"how": _INVITED, "type": _BASIC, **user})
    return {**made, "domain": domain, "domain_is": allowed[domain]}


def _managed(zoom: ZoomClient) -> dict[str, str]:
    rows = zoom.call(_MANAGED).get("domains", [])
    # A domain that somebody has claimed, but not proved to own, is nobody's yet.
    return {row["domain"].lower(): "managed" for row in rows if row.get("status", "verified") == "verified"}


def _trusted(zoom: ZoomClient) -> dict[str, str]:
    return {domain.lower(): "trusted" for domain in zoom.call(_TRUSTED).get("trusted_domains", [])}
