"""Builds the founding content out of the data modules, through the services of each space."""
