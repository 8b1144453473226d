"""Every doubt the loader can have: its stable code and how much it weighs."""

from typing import Final

from ..problems import Problem, Severity

_MOST_SIGNS: Final = 200
SEVERITY_OF: Final[dict[str, Severity]] = {
    # The file
    "unreadable_workbook": "error",
    "books_do_not_balance": "error",
    "other_format": "info",
    "damaged_workbook": "warning",
    "doubtful_workbook": "warning",
    "hidden_sheet": "info",
    "hidden_programmes": "warning",
    "hidden_cells": "info",
    # The return
    "outstanding_return": "warning",
    "unknown_dezernat": "warning",
    "several_dezernate": "warning",
    "unexpected_dezernat": "warning",
    "several_workbooks": "warning",
    "no_programmes": "warning",
    "fehlanzeige_beside_programmes": "info",
    # The table
    "no_table": "warning",
    "form_sheet": "info",
    "form_not_understood": "warning",
    "unknown_label": "warning",
    "unknown_column": "warning",
    "column_without_heading": "warning",
    "double_column": "warning",
    "hidden_under_merge": "warning",
    "merged_title": "warning",
    "merged_value": "info",
    "template_row": "info",
    "note_in_table": "info",
    "row_not_understood": "warning",
    "continuation_row": "warning",
    "title_column_missing": "warning",
    "start_column_missing": "warning",
    "title_missing": "warning",
    "title_question": "warning",
    "lone_title": "warning",
    "value_only_above": "warning",
    # The cell
    "contact_replaced": "info",
    "cell_comment": "info",
    "formula_without_value": "warning",
    "error_value": "warning",
    "reference_resolved": "info",
    "reference_without_target": "warning",
    "answer_pending": "warning",
    "start_missing": "info",
    "start_question": "warning",
    "end_question": "warning",
    "target_groups_question": "warning",
    "sozialraum_question": "warning",
    "dezernat_question": "warning",
    # Between returns
    "double_return": "warning",
    "double_programme": "warning",
    "responsible_without_programmes": "warning",
    # Corrections
    "corrected": "info",
    "correction_no_longer_fits": "error",
    "double_correction": "error",
    "correction_without_role": "warning",
}


def doubt(
    code: str, message: str, *, found: str | None = None, expected: str | None = None, **where: str | None
) -> Problem:
    """One doubt with the weight of its code; `where` holds workbook, sheet, cell, field.

    Of a long text the beginning stands in it; the whole is in the table of cells.
    """
    return Problem(
        severity=SEVERITY_OF[code],
        code=code,
        message=message,
        found=found and found[:_MOST_SIGNS],
        expected=expected and expected[:_MOST_SIGNS],
        **where,
    )
