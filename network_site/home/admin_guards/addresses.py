"""Each address of the back office, and the roles that may ask for it.

Administrators may ask for any, but for those that are closed. Being listed is not enough: what
the person may do with the object named in the address is asked too, by Wagtail and, for pages,
by `middleware` (see network_site.pages.known).
"""

from network_site.home.admin_guards.staff import Staff

ANY = frozenset({Staff.ANY})
ADMINISTRATORS = frozenset()
# Of use to nobody here, administrators included.
CLOSED = None

LIBRARIANS = frozenset({Staff.CURATOR, Staff.EDITOR})
LIBRARY = LIBRARIANS | {Staff.CONTRIBUTOR, Staff.BODY_CONTRIBUTOR, Staff.BODY_CURATOR}
EDITORS = frozenset({Staff.EDITOR})
FACILITATORS = frozenset({Staff.FACILITATOR})
EDITORS_AND_FACILITATORS = EDITORS | FACILITATORS

# Answered to anybody: what no page of the back office does without, and the ways in.
PUBLIC = frozenset(
    {
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "admin_log_in",
        "admin_password_reset",
    }
)

_LIST = "list list_results"
_WRITE = "add edit history history_results usage"
_CHOOSE = "choose choose_results chosen chosen_multiple"

_LISTED = [
    # The frame
    (
        ANY,
        "",
        "wagtailadmin_home admin_account wagtailadmin_logout"
        " wagtailadmin_dismissibles wagtailadmin_block_preview"
        " wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete",
    ),
    (ANY, "wagtailadmin_editing_sessions", "ping release"),
    # Ours lead to the log-in of the site; these would be reached without them.
    (
        CLOSED,
        "",
        "wagtailadmin_login wagtailadmin_password_reset wagtailadmin_password_reset_done"
        " wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete"
        " wagtailadmin_error_test",
    ),
    # Of these, ours stand before Wagtail's own (network_site/urls.py).
    (
        CLOSED,
        "",
        "wagtailadmin_account"
        " wagtailadmin_pages:set_privacy wagtailadmin_collections:set_privacy"
        " wagtailadmin_choose_page wagtailadmin_choose_page_child"
        " wagtailadmin_choose_page_chosen_multiple wagtaildocs_chooser:chosen"
        " wagtaildocs_chooser:chosen_multiple wagtail_bulk_action",
    ),
    # Pages: what may be done with each is asked of its tester
    (
        ANY,
        "",
        "wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results",
    ),
    (
        ANY,
        "wagtailadmin_pages",
        "add preview_on_add type_use type_use_results choose_parent usage edit"
        " preview_on_edit view_draft add_subpage delete unpublish search search_results"
        " move move_confirm set_page_position copy workflow_action"
        " collect_workflow_action_data confirm_workflow_cancellation workflow_preview"
        " lock unlock revisions_index revisions_view revisions_revert"
        " revisions_unschedule revisions_compare workflow_history workflow_history_detail"
        " history history_results",
    ),
    (ANY, "", "admin_page_privacy"),
    # An alias is published with its page, whatever the place it stands in asks.
    (CLOSED, "wagtailadmin_pages", "convert_alias"),
    (ANY, "wagtailadmin_api", "pages:listing pages:detail"),
    # Ways to publish and copy that the back office itself does not take, and lists of files.
    (
        CLOSED,
        "wagtailadmin_api",
        "pages:find pages:action documents:listing documents:detail documents:find"
        " images:listing images:detail images:find",
    ),
    (ANY, "", "admin_bulk_action"),
    # Choosers of pages; texts are written in Markdown, which has no links of Wagtail's
    (
        ANY,
        "",
        "admin_choose_page admin_choose_page_child wagtailadmin_choose_page_search"
        " admin_chosen_pages",
    ),
    (
        CLOSED,
        "",
        "wagtailadmin_choose_page_external_link wagtailadmin_choose_page_email_link"
        " wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link",
    ),
    (CLOSED, "wagtailembeds", "chooser chooser_upload"),
    # Files
    (
        LIBRARY,
        "wagtaildocs",
        "index index_results add edit delete add_multiple edit_multiple"
        " create_multiple_from_uploaded_document delete_multiple delete_upload_multiple"
        " document_usage",
    ),
    (ANY, "wagtaildocs_chooser", "choose choose_results create"),
    (ANY, "", "admin_chosen_document admin_chosen_documents"),
    (
        EDITORS_AND_FACILITATORS,
        "wagtailimages",
        "index index_results add edit delete add_multiple edit_multiple"
        " create_multiple_from_uploaded_image delete_multiple delete_upload_multiple"
        " image_usage",
    ),
    (EDITORS_AND_FACILITATORS, "wagtailimages_chooser", f"{_CHOOSE} create"),
    (CLOSED, "wagtailimages", "url_generator url_generator_output preview"),
    (CLOSED, "wagtailimages_chooser", "select_format"),
    # The library
    (LIBRARY, "texts", "index index_results choose_parent"),
    (LIBRARY, "studies", "index index_results choose_parent"),
    (LIBRARIANS, "legal_statuses", f"index index_results {_WRITE}"),
    (ADMINISTRATORS, "legal_statuses", "delete"),
    (LIBRARIANS, "provisions", f"index index_results {_WRITE} delete"),
    (FACILITATORS, "body_spaces", "index body withdraw"),
    # The network, its spaces, its words
    (EDITORS_AND_FACILITATORS, "wagtailsnippets", "index"),
    (
        EDITORS_AND_FACILITATORS,
        "wagtailsnippets_members_organization",
        f"{_LIST} {_WRITE}",
    ),
    (ADMINISTRATORS, "wagtailsnippets_members_organization", "delete"),
    (ANY, "wagtailsnippetchoosers_members_organization", _CHOOSE),
    (
        EDITORS_AND_FACILITATORS,
        "wagtailsnippetchoosers_members_organization",
        "create",
    ),
    (
        FACILITATORS,
        "wagtailsnippets_members_contactpoint",
        f"{_LIST} {_WRITE} delete",
    ),
    (FACILITATORS, "wagtailsnippets_members_emaildomain", f"{_LIST} {_WRITE} delete"),
    # A private space does not exist for those who are not in it: forums.admin_policy.
    (FACILITATORS, "wagtailsnippets_forums_forum", f"{_LIST} {_WRITE} delete"),
    (
        EDITORS_AND_FACILITATORS,
        "wagtailsnippets_taxonomies_theme",
        _LIST,
    ),
    (FACILITATORS, "wagtailsnippets_taxonomies_theme", _WRITE),
    (ADMINISTRATORS, "wagtailsnippets_taxonomies_theme", "delete"),
    *(
        row
        for kind in ("programme", "targetgroup")
        for row in (
            (FACILITATORS, f"wagtailsnippets_taxonomies_{kind}", f"{_LIST} {_WRITE}"),
            (ADMINISTRATORS, f"wagtailsnippets_taxonomies_{kind}", "delete"),
        )
    ),
    *(
        row
        for kind in ("ground", "territory")
        for row in (
            (FACILITATORS, f"wagtailsnippets_taxonomies_{kind}", _LIST),
            (
                ADMINISTRATORS,
                f"wagtailsnippets_taxonomies_{kind}",
                f"{_WRITE} delete",
            ),
        )
    ),
    *(
        row
        for kind in ("theme", "programme", "targetgroup", "ground", "territory")
        for row in (
            (ANY, f"wagtailsnippetchoosers_taxonomies_{kind}", _CHOOSE),
            (CLOSED, f"wagtailsnippetchoosers_taxonomies_{kind}", "create"),
        )
    ),
    # No form chooses one of these: their choosers would only name them.
    *(
        (CLOSED, f"wagtailsnippetchoosers_{kind}", f"{_CHOOSE} create")
        for kind in (
            "members_contactpoint",
            "members_emaildomain",
            "site_search_synonym",
        )
    ),
    # The newsletter
    (
        FACILITATORS,
        "newsletters_admin",
        "send cancel new_version stop resume proof sample",
    ),
    (EDITORS_AND_FACILITATORS, "newsletters_admin", "contributions answer"),
    (FACILITATORS, "newsletter_subscriptions", "index index_results inspect delete"),
    (CLOSED, "newsletter_subscriptions", _WRITE),
    # The search
    (EDITORS, "wagtailsnippets_site_search_synonym", f"{_LIST} {_WRITE} delete"),
    (EDITORS, "search_admin", "try_synonym"),
    (
        LIBRARIANS | FACILITATORS,
        "search_admin",
        "unanswered unanswered_results leading leading_results",
    ),
    # The journal of mails: looked at, never written
    (FACILITATORS, "mails", "index index_results inspect"),
    (FACILITATORS, "returned_mails", "index index_results inspect"),
    (FACILITATORS, "addresses", "index index_results lift"),
    (FACILITATORS, "bursts", "index index_results settle"),
    *(
        (CLOSED, name, f"{_WRITE} delete")
        for name in ("mails", "returned_mails", "addresses", "bursts", "journal")
    ),
    # For administrators alone
    (ADMINISTRATORS, "journal", "index index_results"),
    (
        ADMINISTRATORS,
        "",
        "privacy_admin_durations second_factor_reset catalogue_report",
    ),
    (
        ADMINISTRATORS,
        "wagtailadmin_reports",
        "locked_pages locked_pages_results workflow workflow_results workflow_tasks"
        " workflow_tasks_results site_history site_history_results aging_pages"
        " aging_pages_results page_types_usage page_types_usage_results",
    ),
    (ADMINISTRATORS, "wagtailadmin_collections", "index add edit delete"),
    (ADMINISTRATORS, "", "admin_collection_privacy"),
    (
        ADMINISTRATORS,
        "wagtailadmin_workflows",
        "index index_results add enable disable edit usage usage_results remove add_task"
        " select_task_type task_index task_index_results edit_task disable_task"
        " enable_task task_chooser task_chooser_results task_chooser_create task_chosen",
    ),
    (ADMINISTRATORS, "wagtailsites", f"index index_results {_WRITE} delete copy"),
    (ADMINISTRATORS, "wagtailusers_users", f"index index_results {_WRITE} delete"),
    # A copy of an account would be somebody else's.
    (CLOSED, "wagtailusers_users", "copy"),
    (ADMINISTRATORS, "wagtailusers_groups", f"index index_results {_WRITE} delete"),
    (
        ADMINISTRATORS,
        "wagtailredirects",
        "index index_results add edit delete start_import process_import",
    ),
    (ADMINISTRATORS, "wagtailsettings", "edit preview_on_edit"),
]

# Several things at once: the kind of thing → who; of any other, administrators alone.
BULK = {
    "wagtailcore.page": ANY,
    "site_media.sitedocument": LIBRARY,
    "site_media.siteimage": EDITORS_AND_FACILITATORS,
    "members.organization": EDITORS_AND_FACILITATORS,
    "members.contactpoint": FACILITATORS,
    "members.emaildomain": FACILITATORS,
    "site_search.synonym": EDITORS,
}

# Where the key of a page stands in an address. A key under another name: by address.
PAGE_ARGUMENTS = frozenset(
    {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
)
PAGE_ARGUMENT_OF = {
    "wagtailadmin_pages:revisions_compare": "pk",
    "wagtailadmin_api:pages:detail": "pk",
    **{
        f"newsletters_admin:{name}": "pk"
        for name in (
            "send",
            "cancel",
            "new_version",
            "stop",
            "resume",
            "proof",
            "sample",
        )
    },
}
# Opens at the nearest page that the person may know: `views.choose_page`.
FINDS_ANOTHER_PAGE = frozenset({"admin_choose_page_child"})
# Things that tell of a page: address → (model, its key to the page).
TELLING_OF_A_PAGE = {
    f"{viewset}:{name}": (model, "page")
    for viewset, model in (
        ("legal_statuses", "library.LegalStatusEntry"),
        ("provisions", "library.Provision"),
    )
    for name in ("edit", "delete", "history", "history_results", "usage")
}


def _table(rows):
    table = {}
    for who, namespace, names in rows:
        for name in names.split():
            whole = f"{namespace}:{name}" if namespace else name
            if whole in table:
                raise ValueError(f"listed twice: {whole}")
            table[whole] = who
    return table


ADDRESSES = _table(_LISTED)
