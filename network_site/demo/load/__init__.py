"""A network of the intended size, made at random, to measure on: `manage.py generate_load`.

    generate.generate(scale=0.1, seed=1)

Nobody in it exists and nothing in it is true: it is for machines of development.
"""
