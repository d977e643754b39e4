"""What apps declare of themselves, wherever they stand: the words of the declarations, and no machinery.

Each module is one registry, read by the app that works with it: `search` by network_site.search,
`personal_data` by network_site.privacy, `notifications` by mails and network_site.notifications.
They stand on the ground, so that whoever declares something imports downwards.
"""
