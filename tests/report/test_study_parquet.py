"""A study's tables as Parquet."""

import os
from pathlib import Path

import pyarrow.parquet as pq

from tabletop.report.study.columns import Column, Table
from tabletop.report.study.parquet import write


def test_what_is_not_measured_is_empty_and_any_name_can_be_written(
    tmp_path: Path,
) -> None:
    column = Column("command", "text", "what plays it", lambda row: row)
    rows = ("plain", os.fsdecode(b"\xff"), None)
    write(Table("games", "games", (column,), rows), tmp_path / "a.parquet")
    read = pq.read_table(tmp_path / "a.parquet").column("command").to_pylist()
    assert read == ["plain", "\\udcff", None]
