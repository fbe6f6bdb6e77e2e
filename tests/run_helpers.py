"""Small projects and notebooks for the tests of runs."""

from pathlib import Path

import nbformat

SETTINGS = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
PARAMETERS = 'place = "Lào Cai"\nlang = "vi"\nprocessed = ""\ncharts = ""'


def write_notebook(path: Path, *sources: str, parameters: str | None = PARAMETERS) -> Path:
    """A notebook of code cells; the first is its parameters cell."""
    notebook = nbformat.v4.new_notebook(metadata=SETTINGS)
    if parameters is not None:
        notebook.cells.append(nbformat.v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}))
    for number, source in enumerate(sources):
        notebook.cells.append(nbformat.v4.new_code_cell(source, id=f"cell-{number}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def outputs(path: Path) -> list:
    """The outputs of each code cell of an executed notebook that is no parameters cell."""
    cells = nbformat.read(path, as_version=4).cells
    own = [cell for cell in cells if not {"parameters", "injected-parameters"} & set(cell.metadata.get("tags", []))]
    return [cell.outputs for cell in own if cell.cell_type == "code"]


def injected(path: Path) -> str:
    """The source of the cell that holds the injected parameters."""
    cells = nbformat.read(path, as_version=4).cells
    return next(cell.source for cell in cells if "injected-parameters" in cell.metadata.get("tags", []))
