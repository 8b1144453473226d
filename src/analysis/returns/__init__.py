"""Turns one workbook into rows of the tables: the way from cells to rows, step by step.

Whole workbooks:
    workbook_rows  the way in: every worksheet read, its programmes described, rows of all tables
    sheets         one worksheet: its tables, its forms, then whatever stands around them
    owners         the Dezernat of each worksheet

Cells as texts:
    grid           a worksheet as texts by row and column, merges spread, persons replaced, corrections applied
    privacy        personal data in a text becomes `[Kontakt]`
    persons        the names of persons among it
    hints          what each word of a text rules out, so that most texts need no rules

What a text is beside an answer:
    answers        nil, tick, template text, note, total, number
    fehlanzeigen   a report of none
    checkboxes     ticked boxes in a text, marks beside texts
    looks          most of these questions at one look, for the cells of tables

Tables:
    tables         where the headings stand, what each column holds, where the body ends
    headings       questions about these headings
    rows           the body: every row becomes a record or is taken for something else
    lines          what one row is
    row_texts      the texts of a programme's row into its record

Forms:
    form_labels    one cell as a label
    form_layout    which cells are labels
    form_answers   the answers to the labels of one block
    forms          the blocks: one per programme
    form_records   the blocks become records

What one worksheet gives:
    readings       `Record`: a programme's texts; `SheetReading`: records, what cells were taken for, doubts
    notices        what is said of cells beside their meaning: replaced persons, comments, hidden parts
    doubts         every doubt there can be, and how much it weighs

From records to rows:
    programmes     a row per programme
    references     "s. o." stands for the value above
    meanings       years, target groups and places of a programme, asked of the parsers
    columns        rows as lists by column
"""
