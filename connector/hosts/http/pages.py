"""Pages for people who sign in."""

from collections.abc import Sequence
from html import escape

from fastapi.responses import HTMLResponse

from ...explain import Explanation


def page(title: str, *paragraphs: str, steps: Sequence[str] = (), form: str = "", status: int = 200) -> HTMLResponse:
    """Lay out a page; only `form` is taken as HTML."""
    told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    listed = "".join(f"<li>{escape(step)}</li>" for step in steps)
    text = _PAGE.format(title=escape(title), text=told + (f"<ol>{listed}</ol>" if listed else "") + form)
    return HTMLResponse(text, status, _HEADERS)


def explained(explanation: Explanation, *, again: str, status: int = 400) -> HTMLResponse:
    """Lay out a failure: what, why, and what to do about it.

    Args:
        explanation: of the failure.
        again: path of the page to start anew from.
        status: of the answer.
    """
    form = f'<p><a href="{escape(again)}">Start again</a></p>'
    asked = (
        [f"Zoom's tracking ID: {explanation.zoom.tracking_id}"]
        if explanation.zoom and explanation.zoom.tracking_id
        else []
    )
    return page(explanation.title, explanation.detail, *asked, steps=explanation.steps, form=form, status=status)


_HEADERS = {
    "Cache-Control": "no-store",
    # The address of a page may hold an authorization code. With `no-referrer` a form would come without its origin.
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{text}</body></html>
"""
