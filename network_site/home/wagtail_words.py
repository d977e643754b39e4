"""Words that Wagtail leaves in English in its French catalogue, or says with English ones.

Named here, they are gathered with our own sentences, and our catalogue comes before Wagtail's.
"""

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_noop as _
from wagtail.models import Site
from wagtail.sites.views import IndexView as SitesView

# Its templates write this word as it is, for those who hear the page.
_BUTTON = b'value="Search"'
_IN_JSON = _BUTTON.replace(b'"', b'\\"')
_HTML = b'<html lang="'


def say_in_words(response):
    """Return `response`, a page or a window of the back office, with its search button named."""
    kind = response.get("Content-Type", "")
    if response.streaming or not kind.startswith(("text/html", "application/json")):
        return response
    if _BUTTON not in response.content and _IN_JSON not in response.content:
        return response
    # The page may be in the language that its reader prefers for the back office.
    _before, found, after = response.content[:500].partition(_HTML)
    language = after[:2].decode() if found else get_language()
    with override(language):
        words = gettext("Look for it").encode()
    response.content = response.content.replace(
        _BUTTON, _BUTTON.replace(b"Search", words)
    ).replace(_IN_JSON, _IN_JSON.replace(b"Search", words))
    return response


def label_columns():
    """Two columns of the list of sites have no label but the names of their fields."""
    for column in SitesView.columns:
        if column.name in {"site_name", "root_page"}:
            field = Site._meta.get_field(column.name)
            column.label = capfirst(field.verbose_name)


WORDS = (
    _("%(model)s permissions"),
    _("'%(workflow)s' started. Next step '%(task)s'"),
    _(
        "Active tasks can be added to workflows. Deactivating a task does not remove it from existing workflows."
    ),
    _(
        "Active workflows can be added to pages/snippets. Deactivating a workflow does not remove it from existing pages/snippets."
    ),
    _("Add a workflow"),
    _("Add tasks to your workflow"),
    _("Any"),
    _("Approved at '%(task)s'. '%(workflow)s' complete"),
    _("Are you sure you want to disable this workflow?"),
    _("Assign your workflow to pages"),
    _("Assign your workflow to snippets"),
    _("By workflow"),
    _("Cancel workflow "),
    _("Cancelled '%(workflow)s' at '%(task)s'"),
    _("Current page status:"),
    _("Disable workflow"),
    _("Editing workflow"),
    _("Embed"),
    _("Give your workflow a name"),
    _("Locked by workflow"),
    _("Locking status"),
    _("New slug"),
    _("New workflow"),
    _("New workflow task"),
    _(
        "Pages/snippets at this step in a workflow will be moderated or approved by these groups of users"
    ),
    _("Publishing this %(model_name)s will cancel the current workflow."),
    _("Publishing this page will cancel the current workflow."),
    _("Restart workflow "),
    _("Resubmitted '%(task)s'. Workflow resumed"),
    _("Status: "),
    _("Submit to %(workflow_name)s"),
    _("Task '%(task_name)s' on Revision '%(revision_info)s': %(status)s"),
    _(
        "The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/"
    ),
    _(
        "The slug '%(page_slug)s' is already in use at the selected parent page. Make sure the slug is unique and try again."
    ),
    _(
        "The slug '%(page_slug)s' is already in use within the parent page at '%(parent_url_path)s'."
    ),
    _("The slug '%(page_slug)s' is already in use within the parent page."),
    _(
        "This %(model_name)s is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    _(
        "This %(model_name)s was marked as needing changes at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    _("This page already has workflow '%(workflow_name)s' assigned."),
    _(
        "This page is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    _(
        "This page was marked as needing changes at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    _(
        'This slug is already in use within the context of its parent page "%(parent_page_title)s"'
    ),
    _(
        "This workflow is currently in progress on %(workflow_states_in_progress)s pages. Deleting this workflow will cancel moderation on these page. Are you sure you want to delete this workflow?"
    ),
    _("This workflow is disabled so it cannot be assigned to any pages."),
    _("This workflow is disabled so it cannot be assigned to any snippets."),
    _(
        "This {model_name} is awaiting <b>'{task_name}'</b> in the <b>'{workflow_name}'</b> workflow."
    ),
    _("Timeline"),
    _("Used on the following active workflows"),
    _("Workflow"),
    _("Workflow '%(object)s' created."),
    _("Workflow '%(object)s' disabled."),
    _("Workflow '%(object)s' updated."),
    _("Workflow '%(workflow_name)s' enabled."),
    _("Workflow '%(workflow_name)s' on %(model_name)s '%(title)s': %(status)s"),
    _("Workflow cancelled"),
    _("Workflow completed"),
    _("Workflow history"),
    _("Workflow on %(model_name)s '%(object)s' has been cancelled."),
    _("Workflow on %(model_name)s '%(object)s' has been restarted."),
    _("Workflow on page '%(page_title)s' has been cancelled."),
    _("Workflow on page '%(page_title)s' has been restarted."),
    _("Workflow progress"),
    _("Workflow removed from Page '%(page_title)s'."),
    _("Workflow started"),
    _("Workflow state"),
    _("Workflow states"),
    _("Workflow task approved"),
    _("Workflow task rejected. Workflow complete"),
    _("Workflow task resubmitted. Workflow resumed"),
    _("Workflow tasks"),
    _("Workflow: approve task"),
    _("Workflow: cancel"),
    _("Workflow: reject task"),
    _("Workflow: resume task"),
    _("Workflow: start"),
    _("Workflows"),
    _("You cannot assign this workflow to the same page multiple times."),
    _("Your pages and snippets in a workflow"),
    _("workflow"),
    _("workflow page"),
    _("workflow pages"),
    _("workflow state"),
    _("workflow task order"),
    _("workflow task orders"),
    _("workflow_tasks"),
    _("workflows"),
)
