from network_site.pages.addresses import open_to
from network_site.pages.visibility import EVERYBODY, MEMBERS

open_to(EVERYBODY, "search")
open_to(MEMBERS, "saved_searches", "save_search")
