import re

import nbformat.v4 as v4
import pandas as pd
import pytest
from demo_notebook import bar_chart, code, demo_notebook, displayed, groups_table, png
from hypothesis import given
from hypothesis import strategies as st

from analysis.publish.blocks import Figure, Heading, Prose, Table, Verbatim
from analysis.publish.document import DocumentError, collect
from analysis.publish.markdown import plain_text
from analysis.publish.markup import body_markup
from analysis.publish.options import figure_options
from analysis.publish.tables import RESOURCE
from analysis.publish.typst_markup import TypstWriter


def document(*cells, **metadata):
    made = [v4.new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return collect(v4.new_notebook(cells=made, metadata={"title": "T", **metadata}), "probe")


def output(metadata=None, **data):
    return v4.new_output("display_data", data=data, metadata=metadata or {})


def picture(**metadata):
    return v4.new_output("display_data", data={"image/png": png()}, metadata=metadata)


def outline(*cells):
    found = document(*cells)
    return found.title, [(b.level, b.text) for b in found.blocks if isinstance(b, Heading)]


def test_the_first_h1_is_the_title_and_gaps_close():
    assert outline("# T *x*\n\n## A\n\n#### B\n\n### C\n\n## D") == (
        "T x",
        [(2, "A"), (3, "B"), (3, "C"), (2, "D")],
    )


def test_a_second_h1_is_a_section():
    assert outline("# T\n\n# A\n\n## B\n\n# C") == ("T", [(2, "A"), (3, "B"), (2, "C")])


def test_mended_headings_are_said():
    assert document("# T\n\n#### A").remarks == ("Überschrift „A“: Ebene 4 steht als 2",)


def test_without_h1_the_title_is_the_metadata_or_the_name():
    untitled = document("## A", title="")
    assert untitled.title == "probe"
    assert untitled.remarks == (
        "Notebook „probe“ hat keinen Titel: eine Überschrift mit „# “ gibt ihm einen",
    )
    assert document("## A", title="Bericht").title == "Bericht"


def test_pictures_and_tables_are_numbered_and_the_chart_names_its_table():
    figure, table = document(code(displayed(bar_chart())), code(displayed(groups_table()))).blocks
    assert (figure.number, table.number) == (1, 1)
    assert figure.picture.alt.endswith("in 9 von 22 Nennungen. Werte in Tabelle 1.")


def test_a_chart_names_no_table_of_another_section():
    blocks = document(code(displayed(bar_chart())), "## B", code(displayed(groups_table()))).blocks
    assert "Tabelle" not in blocks[0].picture.alt


def test_a_picture_that_is_no_chart_names_no_table():
    blocks = document(code(picture(alt="Ein Foto")), code(displayed(groups_table()))).blocks
    assert blocks[0].picture.alt == "Ein Foto"


def test_footnotes_are_numbered_through_the_document():
    found = document("a[^1]\n\n[^1]: eins", "b[^1] c[^1]\n\n[^1]: zwei")
    numbers = [
        token["attrs"]["number"]
        for block in found.blocks
        for token in block.tokens[0]["children"]
        if token["type"] == "footnote_ref"
    ]
    assert numbers == [1, 2, 2]
    assert [body[0]["children"][0]["raw"] for body in found.footnotes] == ["eins", "zwei"]


def test_typewriter_quotes_become_german_ones():
    (prose,) = document('"Alle" sagen: **"ja"** und \'nein\', das war\'s. `"x"`').blocks
    texts = [child.get("raw") or child["children"][0]["raw"] for child in prose.tokens[0]["children"]]
    assert texts == ["„Alle“ sagen: ", "„ja“", " und ‚nein‘, das war’s. ", '"x"']


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("![](attachment:x.png)", "ein Bild hat keinen Alternativtext"),
        ("![ ](attachment:x.png)", "ein Bild hat keinen Alternativtext"),
        ("![a](bild.png)", "„bild.png“ liegt nicht im Notebook"),
        ("![a](https://example.org/bild.png)", "liegt nicht im Notebook"),
        ("![a](attachment:fehlt.png)", "„a“ fehlt, ist beschädigt oder keines von"),
        (code(output(**{"image/png": "%%%"}, metadata={"alt": "k"})), "ein Bild ist beschädigt"),
        ("![a](data:image/png;base64,%%%)", "ein Bild ist beschädigt"),
        ("![a](data:text/html,<b>)", "„a“ fehlt, ist beschädigt oder keines von"),
        (code(picture()), "ein Bild hat keinen Alternativtext"),
        (code(picture(), picture(), source="#| fig-alt: nur eins"), "fig-alt nennt 1, die Zelle zeigt 2"),
        (code(output(**{"text/html": "<table><tr><td>1</td></tr></table>"})), "keine Kopfzeile"),
        (code(output(**{"text/html": "<img src=x>"})), "ein Bild hat keinen Alternativtext"),
        (
            code(output(**{"text/html": "<iframe src=x></iframe>"})),
            "<iframe> in HTML lässt sich nicht drucken",
        ),
        (code(output(**{"application/x": "1", "text/plain": "<X object>"})), "lässt sich nicht drucken"),
        ("Text <img src='attachment:x.png'>", "ein Bild hat keinen Alternativtext"),
        ("<p><img src='bild.png' alt='a'></p>", "„bild.png“ liegt nicht im Notebook"),
        ("<table><tr><td>1</td></tr></table>", "keine Kopfzeile"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "schließt ihre Zellen nicht"),
        ("| | |\n|---|---|\n| 1 | 2 |", "keine Überschriften"),
        (
            code(output(**{"image/svg+xml": "<svg", "text/plain": ""}, metadata={"alt": "k"})),
            "kein gültiges SVG",
        ),
        (code(output(**{"application/x": "1"})), "lässt sich nicht drucken"),
        (
            code(v4.new_output("error", ename="KeyError", evalue="'a'\nb", traceback=[])),
            r"\(KeyError: 'a' b\)",
        ),
    ],
)
def test_what_a_reader_could_not_read_is_one_line_with_notebook_and_cell(cell, message):
    with pytest.raises(DocumentError, match=message) as caught:
        document("# T", cell)
    assert str(caught.value).startswith("Notebook „probe“, Zelle 2: ")
    assert "\n" not in str(caught.value)


def test_a_picture_that_shows_another_file_is_refused():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/hostname"/></svg>'
    with pytest.raises(DocumentError, match="zeigt „/etc/hostname“"):
        document(code(output(**{"image/svg+xml": svg}, metadata={"alt": "k"})))


def test_alternative_texts_come_from_metadata_or_the_cell():
    blocks = document(
        code(picture(alt="eins")),
        code(picture(**{"image/png": {"alt": "zwei", "title": "Bild"}})),
        code(picture(), source="#| fig-alt: drei\n#| fig-cap: Unterschrift\nplot()"),
        code(picture(), picture(), source="#| fig-alt:\n#|   - vier\n#|   - fünf\nplot()"),
    ).blocks
    assert [block.picture.alt for block in blocks] == ["eins", "zwei", "drei", "vier", "fünf"]
    assert [block.picture.caption for block in blocks] == [None, "Bild", "Unterschrift", None, None]
    assert [block.number for block in blocks] == [None, 1, 2, None, None]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("#| fig-alt: a: b", ["a: b"]),
        ('#| fig-alt: "sagt \\"ja\\""', ['sagt "ja"']),
        ("#| fig-alt: 'it''s'", ["it's"]),
        ("#| fig-alt: >\n#|   lang\n#|   und länger\nplot()", ["lang und länger"]),
        ("#| echo: false\n#| fig-alt: x\n", ["x"]),
        ("plot()\n#| fig-alt: zu spät", []),
    ],
)
def test_options_of_a_cell(source, texts):
    assert figure_options(source).get("fig-alt", []) == texts


def test_outputs_become_what_they_are():
    blocks = document(
        code(v4.new_output("stream", name="stdout", text="50 %\r\x1b[31m100 %\x1b[0m\nfertig\n")),
        code(output(**{"text/html": "<p>Ein <b>Satz</b>.</p><script>x</script>", "text/plain": "?"})),
        code(output(**{"text/html": "<script>x</script>", "text/plain": "Text"})),
        code(output(**{"text/markdown": "## Neu", "text/html": "<h2>Neu</h2>"})),
        code(output(**{"text/html": "<table><thead><tr><th>a</th></tr></thead></table>"})),
        code(output(**{"application/json": {"a": "ü"}, "text/plain": "<JSON object>"})),
    ).blocks
    assert blocks[5] == Verbatim('{\n  "a": "ü"\n}')
    assert blocks[0] == Verbatim("100 %\nfertig")
    (paragraph,) = blocks[1].tokens
    assert [child["type"] for child in paragraph["children"]] == ["text", "strong", "text"]
    assert plain_text([paragraph]) == "Ein Satz."
    assert blocks[2] == Verbatim("Text")
    assert blocks[3].text == "Neu"
    assert isinstance(blocks[4], Table)
    assert blocks[4].grid.rows == ()


HTML = """<div><h3>Teil</h3>Satz mit <b>fett</b>, <code>x</code>, H<sub>2</sub>O<br>und
<a href="https://a.b">Link</a>, <a href="javascript:x()">keiner</a>.<ul><li>a<li>b</ul>
<details><summary>Mehr</summary><blockquote>"Zitat"</blockquote></details><pre>x
 y</pre><hr><p hidden>weg</p><style>weg</style></div>"""


@pytest.mark.parametrize("cell", ["# T\n\n" + HTML, code(output(**{"text/html": HTML}))])
def test_html_keeps_what_it_says(cell):
    blocks = document(cell).blocks
    assert (blocks[0].level, blocks[0].text) == (2, "Teil")
    tokens = blocks[1].tokens
    kinds = ["paragraph", "list", "paragraph", "block_quote", "block_code", "thematic_break"]
    assert [token["type"] for token in tokens] == kinds
    assert plain_text([tokens[0]]) == "Satz mit fett, x, H2O und Link, keiner."
    inside = [child["type"] for child in tokens[0]["children"] if child["type"] != "text"]
    assert inside == ["strong", "codespan", "subscript", "linebreak", "link"]
    assert plain_text(tokens[3]["children"]) == "„Zitat“"
    assert tokens[4]["raw"] == "x\n y"


def test_tags_within_a_line_wrap_what_stands_between_them():
    (prose,) = document(
        "10<sup>3</sup> <i>a **b**</i> <span style=x>c</span> <Name> <b>auf, a<b </u> <kbd>Strg</kbd>"
    ).blocks
    children = prose.tokens[0]["children"]
    assert plain_text(children) == "103 a b c <Name> auf, a<b Strg"
    assert [c["type"] for c in children if c["type"] != "text"] == ["superscript", "emphasis", "codespan"]


TAGS = [
    "b",
    "/b",
    "sup",
    "/sup",
    "p",
    "/p",
    "div",
    "/div",
    "table",
    "tr",
    "th",
    "td",
    "/table",
    "li",
    "ul",
    "/ul",
]
TAGS += [
    "br",
    "a href='https://x.de'",
    "/a",
    "code",
    "/code",
    "h2",
    "/h2",
    "script",
    "/script",
    "x y",
    "pre",
    "hr",
]
PIECES = st.one_of(st.sampled_from([f"<{tag}>" for tag in TAGS]), st.text("ab <>&\n*|-$`", max_size=4))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_tags_are_a_document_or_one_line(source):
    for cell in (source, code(output(**{"text/html": source}))):
        try:
            found = document(cell)
        except DocumentError as error:
            assert re.fullmatch(r"Notebook „probe“, Zelle 1: die Tabelle .*", str(error))
        else:
            TypstWriter().write(found)
            body_markup(found)


def test_a_table_in_html_is_a_table():
    rows = "<tr><th>Amt</th><th>n</th></tr><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr>"
    source = f"<table><caption>Zahl</caption>{rows}</table>"
    for cell in (source, code(output(**{"text/html": source}))):
        (table,) = document(cell).blocks
        assert (table.caption, table.number, table.grid.rows) == ("Zahl", 1, (("a", "1"), ("b", "2")))


def test_a_shortened_table_says_its_size():
    with pd.option_context("display.max_rows", 4):
        source = pd.DataFrame({"a": [f"x{i}" for i in range(80)], "b": 1})._repr_html_()
    (table,) = document(code(output(**{"text/html": source}))).blocks
    assert table.note == "Gekürzt: Die ganze Tabelle hat 80 Zeilen und 2 Spalten."


def test_a_table_of_pandas_is_read_where_nothing_is_lost():
    frame = pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"])
    resource = {"schema": {"fields": [{"name": "a"}, {"name": "a"}]}, "data": [{"a": 2}, {"a": 4}]}
    (table,) = document(code(output(**{RESOURCE: resource, "text/html": frame.to_html()}))).blocks
    assert table.grid.rows == (("1", "2"), ("3", "4"))


@pytest.mark.parametrize(
    "text", ["<Axes: >", "[<matplotlib.lines.Line2D at 0x7f>]", "Text(0.5, 1.0, 'T')", "<x.HTML object>"]
)
def test_objects_that_say_nothing_are_left_out_and_said(text):
    found = document(code(output(**{"text/plain": text})))
    assert found.blocks == ()
    assert found.remarks == (
        f"Notebook „probe“, Zelle 1: die Ausgabe „{text}“ sagt Menschen nichts und wird nicht gedruckt",
    )


def test_messages_at_stderr_are_left_out_and_said():
    found = document(code(v4.new_output("stream", name="stderr", text="Warning")))
    assert found.blocks == ()
    assert found.remarks == ("Notebook „probe“, Zelle 1: Meldungen an stderr werden nicht gedruckt",)


def test_an_error_that_was_meant_is_printed():
    error = v4.new_output("error", ename="ValueError", evalue="so", traceback=[])
    assert document(code(error, tags=["raises-exception"])).blocks == (Verbatim("ValueError: so"),)


def test_facts_come_from_the_metadata():
    found = collect(demo_notebook(), "demo")
    assert found.date.isoformat() == "2014-02-26"
    assert found.organisation == "Stadt Köln · Fachstelle Behindertenpolitik"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("x", "publish ist 'x', erwartet Angaben"),
        ({"date": "26.2.2014"}, r"publish.date ist '26\.2\.2014', erwartet JJJJ-MM-TT"),
        ({"organisation": 5}, "publish.organisation ist 5, erwartet Text"),
        ({"nav": "x"}, "publish.nav ist 'x', erwartet eine Liste"),
        ({"nav": [{"href": "a.html"}]}, "publish.nav ist {'href': 'a.html'}, erwartet title und href"),
    ],
)
def test_facts_that_cannot_be_printed_are_one_line(facts, message):
    with pytest.raises(DocumentError, match=f"Notebook „probe“: {message}"):
        document(publish=facts)


def test_unsafe_links_lose_their_target_and_empty_ones_get_a_text():
    (prose,) = document("[x](javascript:alert(1)) [ ](https://a.b) <mailto:amt@example.org>").blocks
    tokens = [token for token in prose.tokens[0]["children"] if token.get("raw") != " "]
    assert tokens[0] == {"type": "text", "raw": "x"}
    assert [token["children"][0]["raw"] for token in tokens[1:]] == ["https://a.b", "amt@example.org"]


def test_lone_pictures_are_figures_and_others_stay_in_their_sentence():
    url = f"data:image/png;base64,{png()}"
    blocks = document(f'![allein]({url} "Titel")\n\nText ![drin]({url})').blocks
    assert [type(block) for block in blocks] == [Figure, Prose]
    assert blocks[0].picture.caption == "Titel"
