"""Options that several commands share. Only click is imported, so that help comes at once."""

from pathlib import Path

import click

from analysis.log import FORMATS

log_option = click.option(
    "--log",
    "log_kind",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Lines for people, or one JSON object per event.",
)
raw_option = click.option("--raw", type=click.Path(path_type=Path), help="Folder of articles [default: data/raw].")
processed_option = click.option(
    "--processed", type=click.Path(path_type=Path), help="Folder of tables [default: data/processed]."
)
reports_option = click.option(
    "--reports", type=click.Path(path_type=Path), help="Folder of reports [default: reports]."
)
lang_choice = click.Choice(("vi", "en"))
