"""How dates and hours are shown and read in each language of the interface."""
