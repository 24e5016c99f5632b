"""List the time zones that Zoom takes, as they stand now: the drop-down of every input for a time zone.

https://developers.zoom.us/docs/api/references/abbreviations/#timezones
"""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zoom_connector import Inputs, Outputs, ZoomClient

# Zoom's list without what it has twice (as CET, Asia/Calcutta, Asia/Dacca, Canada/Atlantic, Etc/Greenwich) and without
# SST, which the tz database lacks; with Asia/Manila, which Zoom takes although its list leaves it out.
_NAMES = """
Africa/Algiers Africa/Bangui Africa/Cairo Africa/Casablanca Africa/Djibouti Africa/Harare Africa/Johannesburg
Africa/Khartoum Africa/Mogadishu Africa/Nairobi Africa/Nouakchott Africa/Tripoli Africa/Tunis America/Anchorage
America/Araguaina America/Argentina/Buenos_Aires America/Bogota America/Caracas America/Chicago America/Costa_Rica
America/Denver America/Edmonton America/El_Salvador America/Godthab America/Guatemala America/Halifax
America/Indianapolis America/Lima America/Los_Angeles America/Managua America/Mazatlan America/Mexico_City
America/Montevideo America/Montreal America/New_York America/Panama America/Phoenix America/Puerto_Rico America/Regina
America/Santiago America/Sao_Paulo America/St_Johns America/Tegucigalpa America/Tijuana America/Vancouver
America/Winnipeg Asia/Aden Asia/Almaty Asia/Amman Asia/Baghdad Asia/Bahrain Asia/Baku Asia/Bangkok Asia/Beirut
Asia/Damascus Asia/Dhaka Asia/Dubai Asia/Hong_Kong Asia/Irkutsk Asia/Jakarta Asia/Jerusalem Asia/Kabul Asia/Kamchatka
Asia/Kathmandu Asia/Kolkata Asia/Krasnoyarsk Asia/Kuala_Lumpur Asia/Kuwait Asia/Magadan Asia/Manila Asia/Muscat
Asia/Nicosia Asia/Novosibirsk Asia/Qatar Asia/Riyadh Asia/Saigon Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Taipei
Asia/Tashkent Asia/Tehran Asia/Tokyo Asia/Vladivostok Asia/Yakutsk Asia/Yekaterinburg Atlantic/Azores
Atlantic/Cape_Verde Atlantic/Reykjavik Australia/Adelaide Australia/Brisbane Australia/Darwin Australia/Hobart
Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin Europe/Brussels
Europe/Bucharest Europe/Budapest Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul Europe/Kiev
Europe/Lisbon Europe/London Europe/Luxembourg Europe/Madrid Europe/Moscow Europe/Oslo Europe/Paris Europe/Prague
Europe/Rome Europe/Sofia Europe/Stockholm Europe/Vienna Europe/Warsaw Europe/Zurich Pacific/Apia Pacific/Auckland
Pacific/Fiji Pacific/Honolulu Pacific/Midway Pacific/Noumea Pacific/Pago_Pago Pacific/Port_Moresby UTC
"""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    now = zoom.now
    local = [(name, now.astimezone(zone)) for name in _NAMES.split() if (zone := _zone(name))]
    # It is later in the day the further east one is, so the hour on the wall orders by offset.
    local.sort(key=lambda item: (item[1].replace(tzinfo=None), _city(item[0])))
    return {"time_zones": [_row(name, time) for name, time in local]}


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:  # some systems leave out older names; an input would refuse them there, too
        return None


def _city(name: str) -> str:
    return name.rpartition("/")[2]


def _row(name: str, time: datetime) -> Outputs:
    offset = time.isoformat()[-len("+01:00") :]
    return {"id": name, "title": f"(UTC{offset}) {name.replace('_', ' ')}", "offset": offset}
