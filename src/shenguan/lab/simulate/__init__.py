"""An invented city's courts at work: dated events for as many cases as one asks for.

`world.world(...)` is pure: the same seed gives the same city. Everything it knows of how courts work is in
`parameters`, calibrated with the published figures listed with their sources in `calibration.csv`.
"""
