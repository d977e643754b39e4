from network_site.pages.addresses import open_to
from network_site.pages.visibility import EVERYBODY, MEMBERS

open_to(EVERYBODY, "good_practices:export")
open_to(MEMBERS, "good_practices:submit", "good_practices:draft_list")
