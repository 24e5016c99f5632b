"""Read what a person copied: a page's text, a body, a log line, an address from the address bar, a number.

Zoom's pages write the number in brackets with a thousands comma, `(4,700)`; its bodies come in three shapes
(https://developers.zoom.us/docs/integrations/oauth-error-messages/, https://developers.zoom.us/docs/api/errors/). On
the way to whoever copies them they are quoted, escaped, put into other JSON, printed by a program in its own notation,
set with typographic quotes by a forum, or wrapped by a mail.
"""

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from .errors import ZoomAnswer
from .recognise import Errors
from .zoom import bodies

_LONGEST_PAGE = 200_000
_LONGEST = 20_000
_DEEPEST = 20
_MOST_OBJECTS = 50


def named(text: str, errors: Errors) -> str | None:
    """Find one of the catalogue's own codes in a text, such as a log line or an explanation as JSON."""
    words = re.findall(r"\w+", text[:_LONGEST].lower())
    return next((word for word in words if word in errors and ("_" in word or len(words) == 1)), None)


def read(text: str) -> tuple[ZoomAnswer, ...]:
    """Return what a text may say, the likeliest first: each of Zoom's bodies in it, innermost first, then all of it."""
    plain = _plain(text[:_LONGEST_PAGE])[:_LONGEST]
    status = _status(plain)
    said = [bodies.read_object(body) for value in _values(plain) for body in _bodies(value)]
    whole = _without_addresses(_unescaped(plain))
    answers = (ZoomAnswer(status, each.code, _unescaped(each.message), error=each.error) for each in said)
    return (*answers, _whole(whole))


def numbers(text: str) -> frozenset[int]:
    """Find what may be a number of Zoom's, whatever stands around it."""
    return frozenset(int(re.sub(r"\D", "", number)) for number in _NUMBER.findall(text[:_LONGEST]))


_NUMBER_ELEMENT = re.compile(r"<(code|status)>\s*(\d+)\s*</\1>", re.IGNORECASE)
_PROGRAM = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_PROGRAM_END = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_QUOTED_LINE = re.compile(
    r"^[ \t]*(?:(?:[>|#]|//)[>|#!/ \t]*|[a-z][\w.]{0,40}[-_][\w.-]{0,40}[ \t]+\|[ \t]+)", re.MULTILINE
)
"""What mail, comments and the logs of containers put before every line."""
_HALVES = re.compile(r"(?<=\w )([\"'])\s*\n\s*\1")
"""Between the halves of a text that a program's source has on two lines."""


def _plain(text: str) -> str:
    """Take off what a page, a mail or a forum has put on."""
    text = html.unescape(html.unescape(_HALVES.sub("", _QUOTED_LINE.sub("", text))))
    text = unquote_plus(text) if "%7B%22" in text.upper() else text
    *closed, rest = _PROGRAM_END.split(text)
    text = " ".join([*(_PROGRAM.split(piece, maxsplit=1)[0] for piece in closed), rest])
    text = _MARKUP.sub(" ", _NUMBER_ELEMENT.sub(r" \1: \2 ", text))
    return " ".join(unicodedata.normalize("NFKC", text).split())


_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b`\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("*\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    }
)
"""What is written in several ways: single and double quotes, hyphens, and what is not seen at all."""
_BACKSLASHES = re.compile(r"\\+")
_ESCAPED_LETTER = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
_ESCAPED_SPACE = re.compile(r"\\[nrt]")
_ESCAPED_SIGN = re.compile(r"\\(?=[\"'/])")


def _unescaped(text: str) -> str:
    """Write the text's signs as Zoom does, and as nothing but signs."""
    text = _ESCAPED_LETTER.sub(lambda letter: chr(int(letter[1], 16)), _BACKSLASHES.sub(r"\\", text))
    return " ".join(_ESCAPED_SIGN.sub("", _ESCAPED_SPACE.sub(" ", text)).translate(_SIGNS).split())


_ADDRESS = re.compile(r"(\bhttps?://[^\s?#\"'<>()]+|\b[\w-]+(?:\.[\w-]+)+[^\s?#\"'<>()]*)[?#]([^\s\"'<>]+)")
_TELLING = ("error", "reason", "message", "error_description", "errorcode", "error_code", "errormessage")


def _without_addresses(text: str) -> str:
    """Keep of addresses where they lead and what they say of a failure.

    A callback's `code` is the authorization code: a secret, and no number of Zoom's.
    """

    def told(address: re.Match[str]) -> str:
        said = parse_qsl(address[2].replace("#", "&"))
        return " ".join([address[1], *(f"{name}: {value}" for name, value in said if name.lower() in _TELLING)])

    return _ADDRESS.sub(told, text)


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON objects that stand in a text."""
    decoder, position = json.JSONDecoder(), text.find("{")
    for _ in range(_MOST_OBJECTS):
        if position < 0:
            return
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            yield value
        position = text.find("{", end)


def _bodies(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield what looks like a body of Zoom's, the innermost first."""
    if isinstance(value, str) and "{" in value:
        value = list(_values(_plain(value)))
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _bodies(inner, depth + 1)
    if isinstance(value, dict) and _is_body(value):
        yield value


def _is_body(value: dict[str, Any]) -> bool:
    if isinstance(value.get("error"), str) and _OAUTH_ERROR.fullmatch(value["error"]):
        return True
    code, message = value.get("code", value.get("errorCode")), value.get("message", value.get("errorMessage"))
    return isinstance(message, str) and re.fullmatch(r"\d{3,8}", str(code)) is not None


_OAUTH_ERROR = re.compile(
    r"\b(invalid_(?:client|grant|request|scope)|unauthorized_client|unsupported_grant_type|access_denied|server_error"
    r"|temporarily_unavailable)\b",
    re.IGNORECASE,
)
_DIGITS = r"(?<![\d.,])(\d{1,2}[,. ']?\d{3}|\d{3})(?![\d]|[.,]\d)"
_LABEL = r"(?<![a-z])(?:error[ _]?code|code|error|err|erreur|fehler(?:code)?|fout(?:code)?|код(?: ошибки)?|ошибк\w+)"
_NUMBER = re.compile(r"(?<![\w.,:/-])\d(?:[,. ]?\d{3}|\d{2,4})(?![.,:/-]?\d)")
_SHORT_NUMBERS = "104|12[04]|20[01]|30[013]"
_NO_YEAR = r"(?!(?:19|20)\d\d)"
_CODE = re.compile(
    "|".join(
        (
            rf"^\W*(?:zoom )?{_DIGITS}\W*$",  # alone
            rf"{_LABEL}[^\w.]{{0,8}}{_DIGITS}",  # code: 4738
            rf"error code\b[^.\d]{{9,80}}: {_DIGITS}",  # error code of Zoom's answer: 4738
            rf"(?<!\bcreated )\((\d{{1,2}}[,. ']?\d{{3}}|{_SHORT_NUMBERS})\)",  # (4,738)
            rf"^\W*({_NO_YEAR}\d{{4,5}}) ?[:|-]",  # 4738: The token …
            rf"^\W*({_SHORT_NUMBERS}) *[:|]",  # 300 | Invalid …
            r"^\W*(\d{4})(?=[A-Z][a-z])",  # 4738The token …
            rf"(?:^|[-:>|/(\[,] )({_NO_YEAR}\d{{3,5}}) (?=(?-i:[A-Z][a-z]+) [a-z])",  # -> 4738 The token …
            rf"\breturns? ({_NO_YEAR}\d{{4}})\b",  # Zoom returns 4738
            # Zoom 4738
            rf"\b(?:zoom(?: api| says?| shows?)?|failed:) ({_NO_YEAR}\d{{4}})(?=[:;,)|]|\W*$| (?:for|when)\b)",
            rf"^\W*({_NO_YEAR}\d{{4}})\W{{1,3}}zoom\W*$",  # 4738, Zoom
        )
    ),
    re.IGNORECASE,
)
_PHRASES = (
    r"bad request|unauthori[sz]ed|forbidden|not found|conflict|too many requests|internal server error|bad gateway"
    r"|service (?:temporarily )?unavailable|gateway time-?out|client error|server error"
)
_STATUS = re.compile(
    r"\b(?:http(?:/\d(?:\.\d)?)?|status|error|returned|answered|failed(?: with)?)\W{0,4}(?:code\W{0,4})?([45]\d\d)\b"
    rf"|(?<!\d)([45]\d\d)\W{{1,4}}(?:{_PHRASES})|^\W*([45]\d\d) -",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"\b(?:the remote server returned an error|for url)\b|\b[\w.]*\w(?:error|exception)\b"
    rf"|\b(?:zoom|api|error|code|http|https|status|request|response|returned|answered|failed|with|client|server|nginx"
    rf"|cloudflare|{_PHRASES})\b|[\W\d_]+",
    re.IGNORECASE,
)
_HTTP_ERRORS = range(400, 600)


def _whole(text: str) -> ZoomAnswer:
    numbers = [int(re.sub(r"\D", "", next(filter(None, code.groups())))) for code in _CODE.finditer(text)]
    status, error = _status(text), _OAUTH_ERROR.search(text)
    number = next((number for number in numbers if number not in _HTTP_ERRORS), None)
    bare = not _BARE.sub("", _OAUTH_ERROR.sub("", text))
    if number is None and numbers:
        # Alone it may be either; beside a text Zoom's number is never meant, because Zoom's texts decide by themselves.
        number = numbers[0] if bare and status is None else None
        status = status or numbers[0]
    message = "" if bare else text
    return ZoomAnswer(status, number, message, error=error[1].lower() if error else None)


def _status(text: str) -> int | None:
    match = _STATUS.search(text)
    return int(next(filter(None, match.groups()))) if match else None
