"""Pictures from anywhere: the harmless stands in the page, anything else is an image of its own."""

import base64
import xml.sax.saxutils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.publish.svg import picture_markup

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def drawing(inside: str, attributes: str = 'viewBox="0 0 9 9"') -> str:
    return f"{HEAD}{attributes}>{inside}</svg>"


def test_a_drawing_stands_inline_as_one_picture_with_its_text():
    markup = picture_markup(drawing("<text x='1'>Köln &amp; Umland</text>"), "b1", 'Balken "A" < B')
    assert markup == (
        '<svg role="img" aria-labelledby="b1titel" viewBox="0 0 9 9">'
        '<title id="b1titel">Balken &#34;A&#34; &lt; B</title><text x="1">Köln &amp; Umland</text></svg>'
    )


def test_the_long_text_describes_the_drawing():
    markup = picture_markup(drawing("<title>own</title>"), "b1", "Balken", "A: 3; B < 4.")
    assert markup == (
        '<svg role="img" aria-labelledby="b1titel" aria-describedby="b1text" viewBox="0 0 9 9">'
        '<title id="b1titel">Balken</title><desc id="b1text">A: 3; B &lt; 4.</desc></svg>'
    )


def test_two_drawings_of_one_page_keep_their_ids_apart():
    source = drawing(
        '<defs><clipPath id="p"><rect width="9"/></clipPath></defs>'
        '<g clip-path="url(#p)" style="fill: url( \'#p\' )"><use xlink:href="#p"/></g>'
    )
    first, second = (picture_markup(source, prefix, "x") for prefix in ("b1", "b2"))
    for prefix, markup in (("b1-", first), ("b2-", second)):
        assert f'id="{prefix}p"' in markup
        assert f'clip-path="url(#{prefix}p)"' in markup
        assert f'style="fill: url(#{prefix}p)"' in markup
        assert f'href="#{prefix}p"' in markup
        assert "#p" not in markup


def test_matplotlibs_style_for_everything_stays_within_its_own_picture():
    source = drawing("<defs><style>*{stroke-linejoin: round}</style></defs><path d='M0 0'/>")
    markup = picture_markup(source, "b1", "x")
    assert "<style" not in markup
    assert 'style="stroke-linejoin: round"' in markup.split(">")[0]


def test_who_drew_it_with_what_is_left_out():
    markup = picture_markup(
        drawing("<metadata><x>Erika Muster</x></metadata><title>/home/erika</title>"), "", "x"
    )
    assert "erika" not in markup.lower()


def test_a_drawing_without_viewbox_gets_one_so_that_it_can_shrink():
    assert 'viewBox="0 0 300 150.5"' in picture_markup(drawing("", 'width="300pt" height="150.5pt"'), "", "x")


def test_handlers_stops_and_classes_of_the_page_are_left_out():
    markup = picture_markup(
        drawing('<g onclick="alert(1)" ONLOAD="x" tabindex="0" role="button" class="skip" fill="red"/>'),
        "",
        "x",
    )
    assert '<g fill="red"></g>' in markup


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<a href='https://example.org'><text>x</text></a>",
        "<use href='https://example.org/a.svg#b'/>",
        "<image href='https://example.org/a.png'/>",
        "<image href='data:image/svg+xml;base64,PHN2Zz4='/>",
        "<style>body { display: none }</style>",
        "<style>*{fill: red} @import 'x';</style>",
        "<rect style='fill: url(https://example.org/x)'/>",
        "<rect style='fill: u\\72l(https://example.org/x)'/>",
        "<animate attributeName='x'/>",
        "<p xmlns='http://www.w3.org/1999/xhtml'>x</p>",
    ],
)
def test_what_could_act_fetch_or_restyle_is_shown_as_an_image_of_its_own(inside):
    source = drawing(inside)
    markup = picture_markup(source, "", "Beschreibung")
    data = base64.b64encode(source.encode()).decode()
    assert markup == f'<img src="data:image/svg+xml;base64,{data}" alt="Beschreibung">'


def test_what_is_no_xml_is_still_shown_as_an_image():
    assert picture_markup("<svg", "", "x").startswith('<img src="data:image/svg+xml')


@given(st.text(max_size=80), st.text(max_size=30))
def test_no_text_in_a_drawing_or_its_description_becomes_markup(text, alt):
    source = drawing(f"<text>{xml.sax.saxutils.escape(text)}</text>")
    markup = picture_markup(source, "", alt)
    assert markup.count("<") == (1 if markup.startswith("<img") else 6)
