"""Publishing executed notebooks so that everyone can read them; knows documents, nothing of surveys.

What a notebook shows, and with which words:
    display          `Chart`, `Table`, `Prose`, `Note`, `Marked`: one object, every mimetype
    drawing          a figure of Matplotlib becomes one SVG
    german           numbers, counts and lists in sentences
    counted          numbers that know the rows they were counted from
    cited            a text and the evidence of its numbers, into the output of a cell and out again
    marked           worksheets with marked cells

From a notebook to a document, the same for both exporters:
    exporting        what both exporters share; all else does without nbconvert
    document         the way in: the cells of a notebook become the blocks of a document
    blocks           what a document is made of
    outputs          the outputs of one code cell become blocks
    markdown         Markdown becomes tokens
    hypertext        HTML becomes the same tokens
    html_tables      a table in HTML becomes a printed table
    tables           a printed table: `Grid`
    pictures         what can be shown of pictures
    options          the `#|` lines of a cell
    quotes           German quotation marks

From a document to paper:
    briefing         the exporter for nbconvert
    paper            Typst sets the paper
    typst_markup     blocks become Typst source
    page_runs        which blocks share pages of one kind
    tags             what Typst leaves undone in a finished PDF

From a document to pages:
    accessible_html  the exporter for nbconvert
    page             one page in one file; the front page, the page in plain language
    markup           blocks become HTML
    prose_markup     tokens become HTML
    table_markup     printed tables become HTML
    marked_markup    marked worksheets become HTML
    evidence_markup  the evidence of a page becomes its last section
    code_markup      program code becomes HTML
    svg              drawings become part of a page

How texts are set, on paper and on pages:
    typeface         the one typeface
    glyphs           which signs it has, and how wide they are
    signs            signs that show nothing or turn others around
    widths           how wide the columns of a table become
"""
