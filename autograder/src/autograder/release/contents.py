"""The contents manager that JupyterLab runs on while a source is edited; imported by Jupyter, never by the engine."""

from __future__ import annotations

from typing import Any

from jupytext import TextFileContentsManager

__all__ = ["SourceManager"]

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class SourceManager(TextFileContentsManager):  # type: ignore[misc]
    """jupytext's manager, deaf to anybody's own jupytext.toml, which writes every text as one raw string."""

    def get_config(self, path: str, use_cache: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002  (jupytext's)
        """Return the settings that this server was started with, whatever lies in the folder or in the home."""
        return self

    def get(self, path: str, *arguments: Any, **options: Any) -> Any:
        """Read as jupytext does, and name the kernel, which our sources do not: otherwise JupyterLab asks for it."""
        model = super().get(path, *arguments, **options)
        if model["type"] == "notebook" and model["content"]:
            model["content"]["metadata"].setdefault("kernelspec", dict(KERNEL))
        return model

    def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Save as jupytext does; cells that are new get the order of keys and the quotes that our grammar asks for."""
        if model.get("type") == "notebook":
            for cell in model["content"].get("cells", []):
                cell["metadata"] = dict(sorted(cell["metadata"].items()))
                if cell["cell_type"] == "markdown":
                    cell["metadata"]["cell_marker"] = 'r"""'
        return super().save(model, path)
