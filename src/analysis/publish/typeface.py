"""The typeface of pages, paper and charts: drawn for readers with low vision, and installed with the program."""

from pathlib import Path
from typing import Final

import fontpkg_atkinson_hyperlegible

FONT: Final = "Atkinson Hyperlegible"
FONT_FOLDER: Final = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"
