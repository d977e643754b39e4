"""The back office is closed, but for the addresses listed in `addresses`.

`middleware` reads the list at each request; `views` are those of Wagtail's views that name
pages or files to people who may not know of them, with that mended. A test enumerates the
resolver (tests/access/test_admin_addresses.py): an address that is neither listed nor closed
on purpose, a new release of Wagtail having brought it, fails it.
"""
