"""The five query shapes, built as sqlglot trees: cube, rollup, stock, hist, list.

A tree knows nothing of an engine; the plan is a parameter here, never of a definition.
"""
