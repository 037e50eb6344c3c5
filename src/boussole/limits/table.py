"""Every limit on what is read, with its reason, and the one refusal that each gives: where, what, what to do.

A reader asks `limit.check(found, where)` before it spends memory or time on what it found. Nothing else in boussole
holds a number of this kind.
"""

from __future__ import annotations

from typing import IO, NamedTuple

from boussole.errors import BoussoleError
from boussole.i18n import Message, gettext

MIB = 1 << 20

_NOT_OURS = gettext("Nothing that boussole writes is like that: ask for the file again, or make it again.")
_FEWER = gettext("Keep only the sheet, the rows and the columns you need, or save it as CSV.")


class Limit(NamedTuple):
    """The most of something that is read; `why` is for those who may want another number.

    `what` and `remedy` are for the reader: what is too much, and what to do.
    """

    most: int
    what: Message
    remedy: Message
    why: str

    def check(self, found: int, where: object) -> None:
        """Refuse what `where` names (a file, with a sheet or an entry where there is one) if `found` is over the limit.

        Raises:
            LimitError: when it is.

        """
        if found > self.most:
            raise self.refusal(where)

    def refusal(self, where: object) -> LimitError:
        """Return the error of a file that is over the limit."""
        return LimitError(self, where)


class LimitError(BoussoleError):
    """A file, or a part of one, that holds more than is read."""

    def __init__(self, limit: Limit, where: object) -> None:
        """Keep the limit that was passed."""
        super().__init__(gettext("“{path}” cannot be read: {reason}.", path=where, reason=limit.what), limit.remedy)
        self.limit = limit


def refused(where: object, what: Message, remedy: Message = _NOT_OURS) -> BoussoleError:
    """Return the error of a container that is not opened for another reason than its size."""
    return BoussoleError(gettext("“{path}” cannot be read: {reason}.", path=where, reason=what), remedy)


def read_within(file: IO[bytes], limit: Limit, where: object) -> bytes:
    """Return all that `file` holds, never having held more than the limit, in bytes.

    Raises:
        LimitError: when it holds more.

    """
    content = file.read(limit.most + 1)
    limit.check(len(content), where)
    return content


def _size(most: int, why: str, remedy: Message = _NOT_OURS) -> Limit:
    return Limit(most, gettext("the file is larger than {most} MiB", most=most // MIB), remedy, why)


def _unpacked(most: int, why: str, remedy: Message = _NOT_OURS) -> Limit:
    large = most >= 1024 * MIB
    what = (
        gettext("unpacked, it holds more than {most} GiB", most=most // (1024 * MIB))
        if large
        else gettext("unpacked, it holds more than {most} MiB", most=most // MIB)
    )
    return Limit(most, what, remedy, why)


# --- Files that people write, and those that hold answers ------------------------------------------------------------

DEFINITION_BYTES = _size(
    8 * MIB,
    "Twenty times the catalogue that ships. One line of it can make 700,000 problems: 8 MiB take two seconds.",
    gettext("Keep in it what belongs there; a catalogue may be parted in two."),
)
CATALOGUE_BYTES = _size(
    32 * MIB,
    "Four times any other definition: the format promises it (format.md).",
    gettext("Keep a summary of two sentences and the address of the document; a catalogue may be parted in two."),
)
NESTING = Limit(
    64,
    gettext("it is nested over {most} levels", most=64),
    _NOT_OURS,
    "What people write nests five levels. Readers that call themselves hold 64 without a thought.",
)
ANSWERS_BYTES = _size(
    8 * MIB,
    "A path with its pictures weighs 300 kB in its heaviest form.",
    gettext("Give an answers file, or a path exported by boussole, as it was written."),
)
LINE_BYTES = Limit(
    8 * MIB,
    gettext("a line is longer than {most} MiB", most=8),
    gettext("Write the answers of one person a line, as JSON."),
    "As much as a file of answers: JSON Lines are as many, one after the other, however long the file.",
)
CODE_LETTERS = Limit(
    1 << 18,
    gettext("the code is longer than {most} letters", most=1 << 18),
    gettext("Ask for the path as a file."),
    "Letters of a code, and bytes of what it holds: an answers file of a hundred long texts is a tenth of it.",
)

# --- Archives --------------------------------------------------------------------------------------------------------

ENTRIES = Limit(
    4096,
    gettext("it holds more than {most} files", most=4096),
    _NOT_OURS,
    "A Word path has 12, a workbook of 255 sheets with drawings some 1500.",
)
DIRECTORY_BYTES = Limit(
    2 * MIB,
    gettext("its table of contents is larger than {most} MiB", most=2),
    _NOT_OURS,
    "4096 entries of 46 bytes and a long name each. Read whole before the first entry is known.",
)
DOCUMENT_UNPACKED = _unpacked(
    32 * MIB,
    "A Word path is 200 kB of XML and its pictures; a thesis of 1000 pages has 10 MiB of text.",
)
WORKBOOK_BYTES = _size(
    256 * MIB,
    "A full sheet of 1,048,576 rows and ten columns weighs 60 to 120 MiB.",
    _FEWER,
)
WORKBOOK_UNPACKED = _unpacked(
    2048 * MIB,
    "Some 40 bytes of XML a cell: the cells of CELLS_IN_SHEET, and the texts they share.",
    _FEWER,
)
STREAM_UNPACKED = _unpacked(
    64 * 1024 * MIB,
    "Ten million rows of a survey are 5 GiB of CSV. Read piece by piece: it is time that it bounds, not memory.",
    gettext("Unpack it yourself, look at what it holds, and give that."),
)
STREAM_RATIO = Limit(
    1000,
    gettext("unpacked, it is more than {most} times as large", most=1000),
    gettext("Unpack it yourself, look at what it holds, and give that."),
    "gzip packs zeros 1030 times; rows of a table, 5 to 60 times; the same row over and over, 300. Looked at from"
    " STREAM_RATIO_FROM bytes on.",
)
STREAM_RATIO_FROM = 64 * MIB
"""Bytes unpacked from which the ratio is looked at: what is smaller does no harm whatever its ratio."""
ZSTD_WINDOW = Limit(
    1 << 27,
    gettext("it takes more than {most} MiB of memory to unpack", most=128),
    gettext("Pack it again without --long, or unpack it yourself."),
    "The standard's own default for decoders (zstd --long=27).",
)

# --- Tables ----------------------------------------------------------------------------------------------------------

ROWS_IN_SHEET = Limit(
    1_048_576, gettext("a sheet goes beyond row {most}", most=1_048_576), _FEWER, "The last row that Excel has."
)
COLUMNS_IN_SHEET = Limit(
    16_384, gettext("a sheet goes beyond column {most}", most=16_384), _FEWER, "The last column that Excel has."
)
CELLS_IN_SHEET = Limit(
    32 * MIB,
    gettext("its filled cells span a rectangle of more than {most} million cells", most=33),
    _FEWER,
    "calamine holds every cell of the rectangle that the first and the last filled ones span, 32 bytes each, filled or"
    " not: 1 GiB. A full sheet of 1,048,576 rows has 32 columns.",
)
TEXTS_IN_WORKBOOK = Limit(
    32 * MIB,
    gettext("it holds more than {most} million texts", most=33),
    _FEWER,
    "As many as the cells of a sheet: a reader holds every text that sheets share, 24 bytes each beside its letters.",
)
TEXT_IN_CELLS = Limit(
    512 * MIB,
    gettext("the texts of its cells hold more than {most} million letters together", most=537),
    _FEWER,
    "A text that many cells share is written once, and held once for each of them: 156 kB of XLSX took 3.9 GB."
    " A full sheet of 33 million cells has 16 letters in each.",
)
ERRORS_IN_SHEET = Limit(
    4 * MIB,
    gettext("more than {most} million of its cells hold an error", most=4),
    gettext("Mend its formulas, or keep the columns that answer questions."),
    "Four columns of a full sheet. Each is told by its place, 250 bytes; LibreOffice writes a row of them once, and how"
    " often it is repeated.",
)
MERGED_IN_SHEET = Limit(
    1 << 20,
    gettext("more than {most} million of its cells are merged with those below them", most=1),
    gettext("Unmerge its cells, or keep the rows and the columns you need."),
    "A full column merged two by two has half as many; each takes 24 bytes, and a microsecond to spread.",
)
COLUMNS_IN_TABLE = Limit(
    16_384,
    gettext("it has more than {most} columns", most=16_384),
    gettext("Keep the columns that answer questions."),
    "As many as a sheet has: questions are tens, and each column costs work in each batch of rows.",
)

# --- PDF -------------------------------------------------------------------------------------------------------------

PDF_PAGES = Limit(500, gettext("it has more than {most} pages", most=500), _NOT_OURS, "A path has 2 to 40 pages.")
PDF_DRAWN = _unpacked(
    8 * MIB,
    "What is drawn on the pages of a path is 1 MiB. Of 43 kB of PDF came 40 MiB, each row of bytes undone in Python:"
    " some 8 MiB a second. A stream counts each time that a page draws it.",
)
PDF_TEXT = 1 * MIB
"""Bytes drawn on the last pages of a PDF in which a code is looked for: taking 1 MiB apart takes a second."""
PDF_WORK: dict[str, int] = {
    "maximum_declared_stream_length": 8 * MIB,
    "array_based_stream_maximum_output_length": 8 * MIB,
    "array_maximum_element_count": 20_000,
    "dictionary_maximum_element_count": 20_000,
    "zlib_maximum_output_length": 8 * MIB,
    "zlib_maximum_recovery_input_length": 1 << 16,
    "lzw_maximum_output_length": 1 << 18,  # written in Python: a second a MiB
    "run_length_maximum_output_length": 1 << 18,  # likewise
    "stream_filters_maximum_length": 3,
    "stream_decoding_work_maximum_length": 8 * MIB,
    "stream_parsing_work_maximum_count": 200_000,
    "page_tree_maximum_entries": 2 * PDF_PAGES.most,
    "page_tree_maximum_depth": 20,
    "page_tree_maximum_page_entries": 20_000,
    "xform_maximum_invocations_per_extraction": 100,
}
"""What pypdf itself is told to hold to; its own limits allow some ten times as much, for documents of any kind."""

# --- What is not refused, only left undone ---------------------------------------------------------------------------

PLACES_SHOWN = 5_000
"""Places of one file where the same mistake is told: they make one of the problems below; `check --all` lists them."""
PROBLEMS_SHOWN = 50
"""Problems of one file that are placed and told: a page and a half of screen, and whoever mends fifty checks again. The
others are counted: 700,000 unknown keys took 5 s and 1.2 GB to place, and 60 MB to say."""
STATEMENTS_MENDED = 200_000
"""Lines of a text that is not TOML looked at one by one, at 10 µs each; the shipped catalogue has 24,000."""
STATEMENT_LETTERS = 100_000
"""Letters of one statement that is mended: each way of mending it is read whole; shipped files stay under 10,000."""
ESCAPED_QUOTES_LETTERS = 4_000_000
"""Escaped quotes times letters of their lines, in all lines of a text that is not TOML: where the quote that opens a
text is never closed, each of them may open one, and is followed to the end of its line. Half a second; 16 kB of them
took twelve, 100 kB would take eight minutes."""
TOGETHER_LETTERS = 10_000_000
"""Letters read while keys and tables that stand twice are looked for, over and over: a second and a half."""
OPTIONS_GIVEN = 200
"""Options of one answer that are looked at, each by its title in all languages: a millisecond each. Nobody checks as
many; 8 MiB of them took a quarter of an hour."""
WORD_LETTERS = 80
"""Letters of a word whose nearest valid word is looked for: the longest id. Comparing takes letters times letters."""
WORDS_COMPARED = 10_000
"""Valid words that one is compared with: a remedy is worth 20 ms, not more. Beyond, none is proposed."""
