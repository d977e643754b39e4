import re


def one_blank_line(text):
    """`text` where what a condition left out of a template leaves no hole."""
    return re.sub(r"\n\s*\n\s*\n", "\n\n", text.strip()) + "\n"
