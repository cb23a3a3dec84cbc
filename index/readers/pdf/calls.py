"""Pdfium's own functions, without the checks that double the price of a call."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

POINTER = ctypes.c_void_p
INT = ctypes.c_int


@cache
def pdfium_call(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The function of that name; objects of pdfium are handed over as addresses."""
    from pypdfium2 import raw

    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def address_of(thing: Any) -> int:
    """Where the object behind one of pypdfium2's pointers lies."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0
