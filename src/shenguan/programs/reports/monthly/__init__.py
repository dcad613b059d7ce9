"""月通报: the monthly bulletin of a court."""
