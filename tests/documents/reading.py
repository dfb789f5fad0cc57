"""Files opened again by other people's programs, as an office would open them."""

import io
import subprocess
import zipfile
from typing import Any

from docx import Document


def pdf_text(data: bytes) -> str:
    """What stands in a PDF in the order it was set, without line breaks and the blanks between Chinese and Latin."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def pdf_fonts(data: bytes) -> list[list[str]]:
    """The fonts of a PDF, a row each; the fifth column from the right says whether it is embedded."""
    done = subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True)
    return [line.split() for line in done.stdout.decode().splitlines()[2:]]


def docx_text(data: bytes) -> str:
    """Everything written in a Word paper: its head, its paragraphs, its cells."""
    paper: Any = Document(io.BytesIO(data))
    heads = [one.text for section in paper.sections for one in section.header.paragraphs]
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*heads, *(one.text for one in paper.paragraphs), *cells])


def zip_names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.namelist()
