"""The founding content, as plain data.

One module per kind of thing, each a list of dictionaries. A ``slug`` names a thing once; other modules refer to it by
that slug, and ``tests/demo/test_content.py`` resolves every reference. Facts, figures and names come from the five
founding documents listed in ``sources.py``; the sentences are ours. What a document does not say is an empty string
(shown as "not stated"), never a guess.

Territories are written ``kind:code`` with the official geographic code ("commune:36044", "department:69",
"region:27", "epci:243600327"): the same number may name a region and a department.

Texts are written with plain apostrophes and ordinary spaces; ``network_site.demo.typography`` gives them their French
typography at loading. Bodies use a tiny markup: paragraphs separated by a blank line, "## " for a heading, "- " for a
list item.
"""
