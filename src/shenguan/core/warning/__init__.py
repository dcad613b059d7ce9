"""预警: which matters of a case stand on which rung of which ladder on a day, and in what words.

Pure functions: rules, calendar, nodes and the case's events are passed in, the day too. Kinds are a closed
list (`kinds.KINDS`); everything a court may wish to change about them is data of a `WarningRule`.
"""
