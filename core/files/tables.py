"""Tables that we hand out: CSV and XLSX, in which what people typed never becomes a formula."""

import csv
from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core.files.intake import XLSX, safe_cell


def csv_answer(name, rows):
    """A CSV that Dutch spreadsheets open at once."""
    response = _answer(name, "text/csv; charset=utf-8")
    response.write("\ufeff")  # spreadsheets then read it as UTF-8
    csv.writer(response, delimiter=";").writerows([_plain(cell) for cell in row] for row in rows)
    return response


def xlsx_answer(name, rows, *, title):
    """A spreadsheet with one sheet; the first row is its head. Days and numbers stay what they are."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    for row in rows:
        sheet.append([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = min(
            60, 2 + max(len(str(c.value or "")) for c in column)
        )
    sheet.freeze_panes = "A2"
    kept = BytesIO()
    book.save(kept)
    response = _answer(name, XLSX)
    response.write(kept.getvalue())
    return response


def _plain(cell):
    return safe_cell(cell) if isinstance(cell, str) else cell


def _answer(name, media_type):
    response = HttpResponse(content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
