"""Tests of the rulebook pages."""
