"""A study's tables as Parquet files, where pyarrow is installed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop.errors import UsageError
from tabletop.report.study.columns import Table, Value

if TYPE_CHECKING:
    import pyarrow


def require() -> None:
    """Raises UsageError where pyarrow is not installed: before any game is played."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "Parquet files need pyarrow, which is not installed",
            "Install it: pip install 'tabletop[parquet]'; or write --csv FOLDER.",
        ) from error


def as_arrow(table: Table) -> "pyarrow.Table":
    """A table in memory; each column's meaning is kept with it."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(), "whole": pa.int64(), "number": pa.float64(),
        "yes or no": pa.bool_(),
    }  # fmt: skip
    schema = pa.schema(
        [
            pa.field(each.name, kinds[each.kind], metadata={"meaning": each.says})
            for each in table.columns
        ],
        metadata={"meaning": table.says},
    )
    columns: list[list[Any]] = [
        [_storable(value) for value in each]
        for each in zip(*table.values(), strict=True)
    ]
    columns = columns or [[] for _ in table.columns]
    return pa.Table.from_arrays(
        [pa.array(v, field.type) for v, field in zip(columns, schema, strict=True)],
        schema=schema,
    )


def _storable(value: Value) -> Value:
    """A value as Parquet can hold it: names of files need not be Unicode."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value


def write(table: Table, path: Path) -> None:
    """Writes a table to a file, whole or not at all. Raises UsageError."""
    import pyarrow.parquet as pq

    aside = path.with_name(f".{path.name}.part")
    try:
        pq.write_table(as_arrow(table), aside)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
