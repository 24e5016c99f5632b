"""Pages for people who sign in."""

from collections.abc import Sequence
from html import escape

from fastapi.responses import HTMLResponse

from ...explain import Explanation
from ...words import Words


def page(
    words: Words, title: str, *paragraphs: str, steps: Sequence[str] = (), form: str = "", status: int = 200
) -> HTMLResponse:
    """Lay out a page in the language of the words; only `form` is taken as HTML."""
    told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    listed = "".join(f"<li>{escape(step)}</li>" for step in steps)
    body = told + (f"<ol>{listed}</ol>" if listed else "") + form
    text = _PAGE.format(language=words.language, title=escape(title), text=body)
    return HTMLResponse(text, status)


def explained(words: Words, explanation: Explanation, *, again: str, status: int = 400) -> HTMLResponse:
    """Lay out a failure: what, why, and what to do about it.

    Args:
        words: of whoever reads it.
        explanation: of the failure.
        again: path of the page to start anew from.
        status: of the answer.
    """
    form = f'<p><a href="{escape(again)}">{escape(words("Start again"))}</a></p>'
    tracked = explanation.zoom.tracking_id if explanation.zoom else None
    asked = [words("Zoom's tracking ID: {tracking_id}", tracking_id=tracked)] if tracked else []
    return page(words, explanation.title, explanation.detail, *asked, steps=explanation.steps, form=form, status=status)


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{text}</body></html>
"""
