"""Quantities carry their unit: no bare number crosses a function where the unit could be mistaken."""

from enum import StrEnum
from typing import NewType

Seconds = NewType("Seconds", int)
CoreSeconds = NewType("CoreSeconds", int)
GpuSeconds = NewType("GpuSeconds", int)
Bytes = NewType("Bytes", int)

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
HOUR = 3600


class Unit(StrEnum):
    """What a ledger account counts, always in whole numbers."""

    CORE_SECONDS = "core-seconds"
    GPU_SECONDS = "gpu-seconds"
