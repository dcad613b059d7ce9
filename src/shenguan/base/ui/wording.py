"""English pages say coded words in English: states, kinds, levels and names out of the rulebook.

Records keep the field's own Chinese words, as the court's systems have them; what a template marks for
translation is English already. Here, on its way out, the rest of an English page is read once more: a text
whose every word stands in the catalogue is said in English, whatever else is data and stays. An element marked
`translate="no"` (HTML's own mark) is left as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

NUMBER = "#"
CHINESE = re.compile(r"[\u3400-\u9fff]")
# What stands between words; within a piece, words of a list are only said together.
_PIECES = re.compile(r"([\s·|:：；;()（）【】●▲◆○◇✓×→—＋=＝]+)")
_LISTED = re.compile(r"([，,、/]+)")
_MARKS = str.maketrans("（）：；、，【】", "():;,,[]")
_NUMBERS = re.compile(r"\d{4}-\d\d-\d\d|[+\-−]?\d[\d,]*(?:\.\d+)?")
_PLACES = re.compile(r"#(\d?)")
_TOKENS = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.S)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_SAID = re.compile(r'\b((?:title|aria-label|placeholder|alt|label|data-name)=")([^"]*)"')
_CLOSED = {"script", "style", "textarea"}


class WordingMiddleware:
    """Says the coded words of an English page in English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; in English when that is the language chosen."""
        answer = self.get_response(request)
        shown = answer.get("Content-Type", "").startswith("text/html")
        if shown and isinstance(answer, HttpResponse) and translation.get_language() == "en":
            answer.content = in_english(answer.content.decode())
        return answer


def in_english(page: str) -> str:
    """Return the page with its coded words in English; forms send what they would have sent."""
    return "".join(_read(page))


def _read(page: str) -> Iterator[str]:
    kept, depth, option = "", 0, ""
    for token in _TOKENS.findall(page):
        name = found[1].lower() if (found := _NAME.match(token)) else ""
        opens = bool(name) and not token.startswith("</")
        if option:
            yield _valued(option, "" if name else token)
            option = ""
        if kept:  # inside something that stays as it is
            if name == kept and not token.endswith("/>"):
                depth += 1 if opens else -1
                kept = kept if depth else ""
            yield token
        elif opens and (name in _CLOSED or 'translate="no"' in token):
            kept, depth = name, 1
            yield token
        elif opens and name == "option" and " value=" not in token:
            option = token
        else:
            yield _attributes(token) if name else said(token)


def _valued(option: str, text: str) -> str:
    """Return the start of an option without a value: it sends its text, which is about to change."""
    if said(text) == text:
        return option
    sent = " ".join(text.split()).replace(chr(34), "&quot;")
    return f'{option[:-1]} value="{sent}">'


def _attributes(tag: str) -> str:
    if not CHINESE.search(tag):
        return tag
    return _SAID.sub(lambda one: f'{one[1]}{said(one[2]).replace(chr(34), "&quot;")}"', tag)


@lru_cache(maxsize=8192)
def said(text: str) -> str:
    """Return a text of a page (escaped) in English, or as it is where it isn't made of known words."""
    if not CHINESE.search(text):
        return text
    plain = html.unescape(" ".join(text.split()))
    english = _word(plain) or _pieces(plain)
    if english == plain:
        return text
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return before + html.escape(english, quote=False) + after


def _pieces(text: str) -> str:
    parts = _PIECES.split(text)
    told = [_word(part) or _listed(part) if CHINESE.search(part) else part for part in parts]
    if told == parts or "。" in text:
        return text
    return _spaced(
        part if index % 2 == 0 else part.translate(_MARKS) for index, part in enumerate(told)
    )


def _listed(text: str) -> str:
    parts = _LISTED.split(text)
    told = [_word(part) if CHINESE.search(part) else part for part in parts]
    return _spaced(part.translate(_MARKS) for part in told) if all(told) else text


def _spaced(parts: Iterator[str]) -> str:
    text = re.sub(r"\s*→\s*", " → ", "".join(parts))
    text = re.sub(r"([,:;])(?=[^\s\d])", r"\1 ", text)
    return re.sub(r"(?<=[a-z])\(|(?<=[^\s(\[])\((?=[A-Za-z])", " (", text)


def _word(text: str) -> str:
    """Return what a word means, or one with numbers in it; nothing when it isn't known."""
    meaning = translation.gettext(text)
    if meaning != text:
        return meaning
    numbers = _NUMBERS.findall(text)
    shape = _NUMBERS.sub(NUMBER, text)
    meaning = translation.gettext(shape) if numbers else shape
    if meaning == shape:
        return ""
    rest = iter(numbers)
    return _PLACES.sub(lambda one: numbers[int(one[1]) - 1] if one[1] else next(rest), meaning)
