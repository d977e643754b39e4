from network_site.pages.addresses import open_to
from network_site.pages.visibility import EVERYBODY, MEMBERS

open_to(MEMBERS, "dashboard")
open_to(EVERYBODY, "here")
