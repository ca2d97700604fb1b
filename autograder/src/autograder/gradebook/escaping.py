"""Names in the formgrader's pages: nbgrader writes them, and what stands in an address, into HTML as they are."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from nbconvert.preprocessors import Preprocessor
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

__all__ = ["EscapeNames", "harmless", "install_escaping"]

UNSAFE = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;", "\\": "&#92;"})
"""What ends a text, an attribute or a string of a script. The apostrophe does not, and O'Brien keeps it."""


def harmless(value: Any) -> Any:
    """Return `value` so that it is text in HTML, in an attribute and in a script's string alike."""
    return value if isinstance(value, Markup) else Markup(str(value).translate(UNSAFE))  # noqa: S704  (escaped by the table)


class EscapeNames(Preprocessor):
    """Makes the names harmless that the page of one submission shows."""

    enabled = True

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook as it is, and resources whose texts are harmless."""
        for key in ("student", "first_name", "last_name", "notebook_path"):
            if resources.get(key):
                resources[key] = harmless(resources[key])
        return nb, resources


def install_escaping() -> None:
    """Make every formgrader page that is rendered from now on write names as text."""
    FormgradeExtension.init_tornado_settings = _init_tornado_settings


_ORIGINAL = FormgradeExtension.init_tornado_settings


def _init_tornado_settings(self: FormgradeExtension, webapp: Any) -> None:
    _ORIGINAL(self, webapp)
    templates = webapp.settings["nbgrader_jinja2_env"]
    templates.autoescape = True
    templates.finalize = harmless
