import re
import unicodedata

import nbformat.v4 as v4
import pandas as pd
import pytest
from demo_notebook import LONG, programmes_table
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdf_reading import read_tags
from PIL import ImageChops
from validators import page_texts, render_pages

from analysis.publish.blocks import Document, Prose
from analysis.publish.document import collect
from analysis.publish.glyphs import _USUAL, _covered, printable, text_width
from analysis.publish.paper import typeset
from analysis.publish.signs import legible
from analysis.publish.tables import RESOURCE, Grid, grid_from_resource
from analysis.publish.typst_markup import TypstWriter, string
from analysis.publish.widths import UPRIGHT, column_widths, is_wide, row_lines, splits_words


def source(markdown):
    document = collect(v4.new_notebook(cells=[v4.new_markdown_cell(markdown)]), "probe")
    return TypstWriter().write(document).removeprefix('#title[#"probe";]\n\n')


def words(text):
    title = ({"type": "text", "raw": text},)
    slanted = {"type": "emphasis", "children": [{"type": "text", "raw": text}]}
    paragraph = {"type": "paragraph", "children": [slanted]}
    code = {"type": "block_code", "raw": text}
    return typeset(Document(title="x", title_tokens=title, blocks=(Prose((paragraph, code)),)))


@pytest.mark.parametrize(
    ("markdown", "typst"),
    [
        ("a *b* **c** ~~d~~", '#par[#"a ";#emph[#"b";];#" ";#strong[#"c";];#" ";#strike[#"d";];]'),
        ("`#x`", '#par[#raw("#x");]'),
        ("a\\\nb", '#par[#"a";#linebreak();#"b";]'),
        ("a<br>b<!-- c -->", '#par[#"a";#linebreak();#"b";]'),
        ("a\nb", '#par[#"a";#" ";#"b";]'),
        ("&lt;b&gt; \\*", '#par[#"<b> ";#"*";]'),
        ("<b>x</b> <Name>", '#par[#strong[#"x";];#" ";#"<Name>";]'),
        ("H<sub>2</sub>O<sup>+</sup>", '#par[#"H";#sub[#"2";];#"O";#super[#"+";];]'),
        ("[a](https://b.c)", '#par[#link("https://b.c")[#"a";];]'),
        ("- a\n- b", '#list(tight: true, [#"a";], [#"b";])'),
        ("3. a\n\n4. b", '#enum(start: 3, tight: false, [#par[#"a";]], [#par[#"b";]])'),
        ("- a\n  1. b", '#list(tight: true, [#"a";\n\n#enum(tight: true, [#"b";])])'),
        ("> a", '#quote(block: true)[#par[#"a";]]'),
        ("```\na\n```", '#raw("a", block: true)'),
        ("$x$", '#par[#raw("x");]'),
        ("$$\nx\n$$", '#raw("x", block: true)'),
        ("***", "#rule"),
        ("- [x] a", '#list(tight: true, [#"☑ ";#"a";])'),
        ("a[^1] b[^1]\n\n[^1]: c", '#par[#"a";#footnote[#"c";];<footnote-1>#" b";#footnote(<footnote-1>);]'),
    ],
)
def test_markdown_becomes_typst(markdown, typst):
    assert source(markdown) == typst


FACTS = "- **Gremium:** Ausschuss *A*\n- **Sitzung:** 11.03.2014"


def test_labels_with_short_values_stand_in_two_columns():
    assert source(FACTS) == (
        '#facts(53.4pt, (label: [#strong[#"Gremium:";];], value: [#" Ausschuss ";#emph[#"A";];]), '
        '(label: [#strong[#"Sitzung:";];], value: [#" 11.03.2014";]))'
    )
    pdf = typeset(collect(v4.new_notebook(cells=[v4.new_markdown_cell(FACTS)]), "probe"))
    tags = [tag for tag in read_tags(pdf) if tag[0] in {"L", "LI", "Strong"}]
    lines = ["Gremium: Ausschuss A", "Sitzung: 11.03.2014"]
    assert tags == [
        ("L", "".join(lines)), ("LI", lines[0]), ("Strong", "Gremium:"), ("LI", lines[1]), ("Strong", "Sitzung:")
    ]  # fmt: skip
    for other in (FACTS + "\n- ohne", FACTS + " " + "lang " * 20, "- **fett**\n- **auch**"):
        assert source(other).startswith("#list(")


@pytest.mark.parametrize(
    "text",
    [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "a1" * 90,
        "x" * 300,
    ],
)
def test_words_that_no_hyphen_parts_keep_within_the_page(text):
    pdf = words(f"{text} ende")
    (page,) = render_pages(pdf)
    assert ImageChops.invert(page.convert("L")).getbbox()[2] < 595 - 50
    shown = re.sub(r"[-\s\ufffe]", "", page_texts(pdf)[0])
    assert shown.count(text + "ende") == 3


def test_the_title_stays_upright_above_a_wide_table():
    wide = [f"Spalte mit langem Namen {i}" for i in range(12)]
    frame = pd.DataFrame([["Eingliederungshilfe"] * 12] * 3, columns=wide)
    cells = [
        v4.new_markdown_cell("# T\n\nEin Satz."),
        v4.new_code_cell(outputs=[v4.new_output("display_data", data={"text/html": frame.to_html()})]),
    ]
    pages = render_pages(typeset(collect(v4.new_notebook(cells=cells), "probe")))
    assert [page.width < page.height for page in pages] == [True, False]


def test_a_table_of_markdown_has_no_empty_cell():
    assert source("| | B |\n|---|--:|\n| a | |") == (
        '#grid-table((auto, auto, ), (left, right, ), ([#"Zeile";], [#"B";], ), '
        '(([#"a";], [#"keine Angabe";], ), ))'
    )


def test_a_table_in_a_list_or_quotation_is_one():
    table = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    cells = [v4.new_markdown_cell(f"> {table}\n\n- x\n\n  {table}")]
    pdf = typeset(collect(v4.new_notebook(cells=cells), "probe"))
    assert [kind for kind, _ in read_tags(pdf)].count("Table") == 2


def test_a_footnote_that_names_itself_comes_to_an_end():
    assert source("a[^1]\n\n[^1]: b[^1]").count("#footnote") == 2


def test_long_names_may_break_at_their_joints_without_a_sign():
    assert (
        source("Dez_IV_Antwort_2014.xlsx")
        == '#par[#"Dez_";#box();#"IV_";#box();#"Antwort_";#box();#"2014.xlsx";]'
    )
    assert source("amt@fachstelle.example") == '#par[#"amt@";#box();#"fachstelle.";#box();#"example";]'


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ('"', '"\\""'),
        ("\\", '"\\\\"'),
        ("a\nb", '"a\\nb"'),
        ("#x", '"#x"'),
        ("a\tb", '"a    b"'),
        ("\\u{41}", '"\\\\u{41}"'),
    ],
)
def test_a_text_is_one_string(text, literal):
    assert string(text) == literal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ß „x“ ‚y‘ – × ≥ → ✓ ½ €", "ß „x“ ‚y‘ – × ≥ → ✓ ½ €"),
        ("سلام שלום Привет", "سلام שלום Привет"),
        ("u\u0308", "ü"),
        ("漢", "[Zeichen U+6F22]"),
        ("👩\u200d🦽", "[Zeichen: woman][Zeichen: manual wheelchair]"),
        ("👍🏽\ufe0f", "[Zeichen: thumbs up sign]"),
        ("a\x00\x1b\ufeffb", "ab"),
        ("\uf0b7 Punkt", "• Punkt"),
        ("a\u3000b", "a b"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("\ud83d", "[Zeichen U+D83D]"),
        ("\ue000", "[Zeichen U+E000]"),
    ],
)
def test_every_sign_is_shown_or_named(text, shown):
    assert printable(text) == shown


def test_usual_signs_need_no_look_into_the_fonts():
    assert {ord(sign) for sign in _USUAL - set("\n\t")} <= _covered()
    usual = "".join(sorted(_USUAL))
    assert unicodedata.normalize("NFC", legible(usual)) == usual


@example('"]; #panic() \\u{41} $ `')
@example('# #read("/etc/passwd")')
@example("".join(map(chr, sorted(_covered() - set(range(33))))))
@example("\u202eabc\u202c \u0301 \U0001f468\u200d\U0001f469 \ufdfa ﷽ \u0e33")
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set_and_none_acts_as_markup(text):
    assert words(text).startswith(b"%PDF-1.7")


def test_text_that_looks_like_code_is_printed():
    text = '#read("/etc/passwd") ]; #panic("x") \\ $x$ @y <z> *s* _e_ // /* `'
    printed = page_texts(words(text))[0]
    assert " ".join(printed.split()).count(text) == 3


def resource(frame):
    fields = [{"name": name} for name in frame]
    return {"schema": {"fields": fields}, "data": frame.to_dict("records")}


def grid(**columns):
    return grid_from_resource(resource(pd.DataFrame(columns)))


def test_small_tables_keep_their_natural_width():
    assert column_widths(grid(Gruppe=["Kinder"], Zahl=[9]), UPRIGHT) is None


def test_long_texts_share_the_room_that_short_ones_leave():
    short, text, other = column_widths(grid(Nr=[1, 2], Text=[LONG, LONG], Rest=[LONG[:90]] * 2), UPRIGHT)
    assert short + text + other == pytest.approx(UPRIGHT)
    assert short < 40 < other < text


def test_one_long_text_does_not_take_the_room_that_many_need():
    places = "Rodenkirchen, Ehrenfeld, Nippes, Chorweiler, Porz, Kalk und Mülheim"
    rows = tuple((f"Maßnahme im Sozialraum Nummer {i}", "Amt für Soziales", "Porz") for i in range(9))
    grid = Grid(("Maßnahme", "Amt", "Orte"), (*rows, ("Fest", "Amt", places)), (False,) * 3)
    widths = column_widths(grid, 360)
    assert sum(widths) == pytest.approx(360)
    assert row_lines(grid, widths)[:9] == [1] * 9
    assert not splits_words(grid, widths)


def test_a_table_of_many_long_columns_lies_on_its_side():
    assert is_wide(grid_from_resource(programmes_table()._repr_mimebundle_()[0][RESOURCE]))
    assert not is_wide(grid(**{f"S{i}": ["kurz"] for i in range(7)}))
    assert not is_wide(grid(A=[LONG], B=[LONG]))


def test_a_row_taller_than_a_page_goes_on_overleaf():
    frame = pd.DataFrame({"A": ["wort " * 2500, "b"], "B": ["c", "d"], "C": ["e", "ENDE"]})
    output = v4.new_output("display_data", data={RESOURCE: resource(frame)})
    pdf = typeset(collect(v4.new_notebook(cells=[v4.new_code_cell("x", outputs=[output])]), "probe"))
    pages = page_texts(pdf)
    assert len(pages) > 2
    assert " ".join(pages).count("wort") == 2500
    assert "ENDE" in pages[-1]
    assert [tag for tag in read_tags(pdf) if tag[0] == "TH-Row"][1] == ("TH-Row", "b")


def small_table():
    frame = pd.DataFrame({"Bezirk": [f"Bezirk {i}" for i in range(8)], "Zahl": range(8), "Anteil": range(8)})
    about = {"caption": "Überschrift der Tabelle", "note": "Fußzeile der Tabelle", "row_headers": 1}
    return v4.new_output("display_data", data={RESOURCE: resource(frame)}, metadata=about)


@pytest.mark.parametrize("lines", range(24, 48, 3))
def test_heading_lead_in_caption_table_and_note_share_a_page_wherever_it_ends(lines):
    filler = "\n\n".join(["Zeile."] * lines)
    cells = [
        v4.new_markdown_cell(f"# T\n\n{filler}\n\n## Bezirke\n\nDie Tabelle zeigt es:"),
        v4.new_code_cell("x", outputs=[small_table()]),
    ]
    pages = page_texts(typeset(collect(v4.new_notebook(cells=cells), "probe")))
    (page,) = [page for page in pages if "Bezirk 7" in page]
    for text in ("Bezirke", "Die Tabelle zeigt es", "Überschrift der", "Bezirk 0", "Fußzeile der"):
        assert text in page


def test_words_are_split_only_in_tables_that_have_no_room_for_them():
    column = "Donaudampfschifffahrtsgesellschaftskapitän"
    wide = {"A": [LONG], "B": [LONG]}
    narrow = {f"S{i}": [f"{column} {LONG[:30]}"] for i in range(8)}
    for columns, splits in ((wide, False), (narrow, True)):
        made = grid(**columns)
        assert splits_words(made, column_widths(made, UPRIGHT)) is splits


def test_every_sign_has_the_width_of_what_is_shown_for_it() -> None:
    assert text_width("👶", 10) == text_width("[Zeichen: baby]", 10) > 0
    assert text_width("漢", 10) == text_width("[Zeichen U+6F22]", 10)
    assert text_width("→", 10) > 0
    assert text_width("Ju\u00adgend\u200bli\u202eche", 10) == text_width("Jugendliche", 10)
    assert text_width("\ud800\ufffe\x00", 10) >= 0
    assert all(text_width(chr(code), 10) >= 0 for code in range(0, 0x110000, 97))
