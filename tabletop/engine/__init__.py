"""The rules machine: pure, the same in two gears."""
