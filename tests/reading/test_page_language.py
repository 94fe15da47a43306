from __future__ import annotations

import pytest

from saidanddone.reading.language import language_name, language_of

SENTENCES = {
    "en": "The minister said that the two countries would not return to the talks.",
    "de": "Der Minister sagte, dass die beiden Länder nicht zu den Gesprächen zurückkehren.",
    "fr": "Le ministre a dit que les deux pays ne vont pas reprendre les pourparlers.",
    "es": "El ministro dijo que los dos países no van a volver a las conversaciones.",
    "it": "Il ministro ha detto che i due paesi non sono tornati al tavolo della pace.",
    "pt": "O ministro disse que os dois países não vão voltar para as conversações.",
    "nl": "De minister zei dat het land niet op de afspraak van de top zou komen.",
    "sv": "Ministern sade att det inte är aktuellt för landet att återvända till samtalen.",
    "pl": "Minister powiedział, że to nie jest czas na rozmowy i że się nie odbędą.",
    "tr": "Bakan bu görüşmeler için ve barış için daha çok zaman olduğunu söyledi.",
    "ru": "Министр заявил, что он не поедет на переговоры и что это не обсуждается.",
    "uk": "Міністр заявив, що він не поїде на переговори та що це не обговорюється.",
    "ar": "قال الوزير إن البلدين لن يعودا إلى المحادثات في هذا العام من أجل السلام",
    "ko": "장관은 두 나라가 회담에 복귀하지 않을 것이라고 말했다",
    "ja": "大臣は両国が会談に戻らないと述べた",
    "zh": "部长说两国不会恢复会谈",
    "el": "Ο υπουργός είπε ότι οι δύο χώρες δεν θα επιστρέψουν",
    "he": "השר אמר כי שתי המדינות לא יחזרו לשיחות",
}


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_a_sentence_tells_its_language(code: str, sentence: str) -> None:
    assert language_of(sentence) == code


def test_names_in_another_script_do_not_make_a_text_foreign() -> None:
    assert language_of(SENTENCES["en"] + " He wrote to Лавров and to 金正日.") == "en"


def test_an_english_text_with_foreign_quotations_is_english() -> None:
    assert language_of(SENTENCES["en"] * 2 + SENTENCES["fr"]) == "en"


def test_too_little_to_tell_is_none() -> None:
    assert language_of("Pueblo seized") is None
    assert language_of("") is None


def test_a_long_text_without_known_function_words_is_undetermined() -> None:
    assert language_of("nchi hiyo imesema kwamba mazungumzo yataendelea kesho mjini " * 8) == "und"


def test_languages_have_names() -> None:
    assert language_name("ko") == "Korean"
