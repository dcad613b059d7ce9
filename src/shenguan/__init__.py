"""审管 Shenguan: trial-management software for Chinese courts."""

__version__ = "0.1.0"
