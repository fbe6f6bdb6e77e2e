"""Tables to lines: each row one line in which every number stands beside the words of its column."""

import re

_NUMBER = re.compile(r"[-+]?\d[\d.,\s]*(?:[-–]\s*\d[\d.,]*)?")
_UNIT = re.compile(r"\s*\(\s*(?:đvt|đơn vị tính|đơn vị)?\s*:?\s*([^()\d]{1,30}?)\s*\)", re.IGNORECASE)
_RANKS = re.compile(r"(?:tt|stt|số tt|số thứ tự|no\.?|#)", re.IGNORECASE)
MAX_HEADER = 80  # Characters of a cell that can head a column.
MAX_COLUMNS = 60  # What spans more is a mistake of whoever wrote the page.

Rows = list[list[str]]


def span_rows(rows: list[list[tuple[str, int, int]]]) -> tuple[Rows, Rows]:
    """Rows of (text, columns, rows spanned) as two even grids: with each text once, and with it in all that it spans."""
    once: Rows = [[] for _ in rows]
    full: Rows = [[] for _ in rows]
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        cells = iter(row)
        x = 0
        while x < MAX_COLUMNS:
            if (y, x) in taken:
                once[y].append("")
                full[y].append(taken[y, x])
                x += 1
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text, columns, height = cell
            taken |= {
                (y + dy, x + dx): text
                for dy in range(min(height, len(rows) - y))
                for dx in range(min(columns, MAX_COLUMNS - x))
                if dy or dx
            }
            once[y].append(text)
            full[y].append(text)
            x += 1
    return once, full


def row_lines(rows: Rows, full: Rows | None = None) -> list[str]:
    """One line a row, of cells that are text without line ends; `full` repeats a cell in all that it spans.

    Under header rows, a cell of nothing but a number is written "header: number unit", with the unit that the header
    gives in brackets ("Tỷ lệ (%)" over 61,90 → "Tỷ lệ: 61,90%"), and the running number of a row "1.". No word
    and no number is added that the table does not hold.
    """
    full = full or rows
    heads = _header_rows(rows)
    header = _joined(full[:heads])
    lines = ["; ".join(cell.strip() for cell in row if cell.strip()) for row in rows[:heads]]
    return [line for line in [*lines, *(_line(header, row) for row in rows[heads:])] if line]


def _header_rows(rows: Rows) -> int:
    """How many rows head the table: those before the first that has a number for itself; none where no row has."""
    first = next((y for y, row in enumerate(rows) if any(_NUMBER.fullmatch(cell.strip()) for cell in row)), 0)
    heads = rows[:first]
    good = len(heads) <= 3 and all(len(cell) <= MAX_HEADER for row in heads for cell in row)
    return first if good and heads and max(map(len, heads)) > 1 else 0


def _joined(heads: Rows) -> list[str]:
    """The header of each column: the texts above it, from the top, each once."""
    width = max(map(len, heads), default=0)
    wide = [row for row in heads if len({cell for cell in row if cell}) > 1]  # a row of one text is the table's title
    columns = ([row[x].strip() for row in wide if x < len(row) and row[x].strip()] for x in range(width))
    return [" ".join(dict.fromkeys(column)) for column in columns]


def _line(header: list[str], row: list[str]) -> str:
    aligned = header if len(header) == len(row) else [""] * len(row)
    told = [_cell(head, cell.strip()) for head, cell in zip(aligned, row, strict=True) if cell.strip()]
    if len(told) > 1 and row[0].strip() and _RANKS.fullmatch(aligned[0]):
        return f"{told[0]} {'; '.join(told[1:])}"
    return "; ".join(told)


def _cell(header: str, cell: str) -> str:
    if not header or not _NUMBER.fullmatch(cell):
        return cell
    if _RANKS.fullmatch(header):
        return f"{cell.rstrip('.')}."
    units = list(_UNIT.finditer(header))
    if not units:
        return f"{header}: {cell}"
    told = units[-1].group(1)
    name = header[: units[-1].start()] + header[units[-1].end() :]
    return f"{name.strip()}: {cell}{'' if told == '%' else ' '}{told}"
