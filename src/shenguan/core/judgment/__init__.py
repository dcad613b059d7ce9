"""Reads a Chinese judgment: `read(text) -> Judgment`, every field with its place or a reason."""

from shenguan.core.judgment.model import Field, Judgment, to_json
from shenguan.core.judgment.reader import read

__all__ = ["Field", "Judgment", "read", "to_json"]
