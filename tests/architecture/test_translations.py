"""Every word of the pages has its English, and the compiled catalogue is the one that was written."""

from __future__ import annotations

import gettext
import re

from tools import translations

SLOTS = re.compile(r"%\(\w+\)s|#(?=\d?)")


def test_every_word_of_the_pages_has_its_english():
    meanings = translations.read()
    missing = [word for word in translations.words() if not meanings.get(word)]
    assert missing == [], "python -m tools.translations 列出并补入 django.po"


def test_the_names_in_the_rulebook_have_their_english():
    meanings, names = translations.read(), translations.coded()
    missing = [name for name in names if not meanings.get(name)]
    # A name newer than the catalogue is shown in Chinese for a while; more than a few are an oversight.
    assert len(missing) <= len(names) / 50, "python -m tools.translations 列出并补入 django.po"


def test_the_english_keeps_every_number_and_name_of_the_chinese():
    wrong = [
        word
        for word, said in translations.read().items()
        if word and sorted(SLOTS.findall(word)) != sorted(SLOTS.findall(said))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_written_one():
    meanings = translations.read()
    with translations.CATALOGUE.with_suffix(".mo").open("rb") as handle:
        read = gettext.GNUTranslations(handle)
    assert [word for word, said in meanings.items() if word and read.gettext(word) != said] == []
