from network_site.pages.addresses import open_to
from network_site.pages.visibility import EVERYBODY, MEMBERS

open_to(EVERYBODY, "newsletters:feed", "newsletters:subscribe")
open_to(MEMBERS, "newsletters:propose")
