"""The formats of numbers that show something else than the number: codes with zeros before (00000), percentages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The number formats that a workbook does not write out, by their ids (ECMA-376, part 1, 18.8.30)."""
_SAID = re.compile(r"""\"[^"]*"|\[[^]]*]|[\\_*].""")
"""What a number format says beside the number: words, colours, single signs."""


def zeros_of(number_format: str) -> int:
    """Return how many figures a code has that a format such as 00000 shows, 0 for any other format."""
    return len(number_format) if set(number_format) == {"0"} else 0


def is_percentage(number_format: str) -> bool:
    """Tell whether a format shows a hundred times the number."""
    return "%" in _SAID.sub("", number_format)


def shown_otherwise(formats: Mapping[int, str], styles: Sequence[int]) -> dict[int, str]:
    """Return the formats of codes and percentages, by the numbers of the `styles` that have them by their ids."""
    codes = {number: formats.get(one, "") for number, one in enumerate(styles)}
    return {number: code for number, code in codes.items() if zeros_of(code) > 1 or is_percentage(code)}
