"""Operations on the settings of users and accounts, and on an account's domains.

https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/settings
"""

from typing import Any

from ..answers import Refused, invalid_fields
from ..call import Call
from ..people import Account
from ..settings import Settings, WrongSettings, change, picked


def get_user_settings(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/settings`."""
    user = call.user()
    return _shown(call, user.settings, user.security)


def update_user_settings(call: Call) -> None:
    """Answer `PATCH /users/{userId}/settings`; what the account has switched off stays off, without an error."""
    user = call.user()
    feature = call.body.get("feature", {})
    if not user.licensed and isinstance(feature, dict):
        if feature.get("large_meeting") is True:
            raise Refused(400, 1108, "Only Licensed or On-prem users can enable the large meeting feature.")
        if feature.get("webinar") is True:
            raise Refused(400, 1122, "Webinar feature can only be enabled for Licensed or On-prem users.")
    by_security = call.query.get("option") == "meeting_security"
    current, asked = (
        (user.security, call.body.get("meeting_security", {})) if by_security else (user.settings, call.body)
    )
    try:
        change(current, asked, {} if by_security else user.account.settings)
    except WrongSettings as wrong:
        raise invalid_fields(*wrong.args) from None


def get_account_settings(call: Call) -> dict[str, Any]:
    """Answer `GET /accounts/{accountId}/settings`."""
    account = _account(call)
    return _shown(call, account.settings, account.security)


def list_managed_domains(call: Call) -> dict[str, Any]:
    """Answer `GET /accounts/{accountId}/managed_domains`."""
    domains = [{"domain": domain, "status": "verified"} for domain in _account(call).managed_domains]
    return {"total_records": len(domains), "domains": domains}


def list_trusted_domains(call: Call) -> dict[str, Any]:
    """Answer `GET /accounts/{accountId}/trusted_domains`."""
    return {"trusted_domains": _account(call).trusted_domains}


def _account(call: Call) -> Account:
    if call.path["accountId"] not in ("me", call.account.id):
        raise Refused(404, 2001, f"Account does not exist: {call.path['accountId']}")
    return call.account


def _shown(call: Call, settings: Settings, security: Settings) -> dict[str, Any]:
    match call.query.get("option"):
        case "meeting_security":
            return {"meeting_security": security}
        case "meeting_authentication":
            return {"meeting_authentication": False, "authentication_options": []}
        case "recording_authentication":
            return {"recording_authentication": False, "authentication_options": []}
    names = set(filter(None, call.query.get("custom_query_fields", "").split(",")))
    return picked(settings, names) if names else settings
