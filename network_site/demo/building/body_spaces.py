"""The space of a resource centre, opened and filled by the services of the library."""

from library.services import (
    create_record,
    give_body_role,
    open_body_space,
    publish_record,
)
from network_site.demo.content.body_spaces import (
    BODY,
    CONTRIBUTOR,
    CURATOR,
    PUBLISHED,
    SUBMITTED,
)
from network_site.demo.typography import french as text
from network_site.members.enums import BodyRole
from network_site.members.models import BodyGroup
from network_site.pages.enums import RelationKind


def build_body_space(built):
    """Open the space, give its two roles, publish a record and leave one to examine."""
    body = built.organisations[BODY]
    section = open_body_space(organization=body)
    contributor, curator = built.people[CONTRIBUTOR], built.people[CURATOR]
    for user, role in (
        (contributor, BodyRole.CONTRIBUTOR),
        (curator, BodyRole.CURATOR),
    ):
        give_body_role(user=user, organization=body, role=role)
    # Taken away newest first: the body's groups and files go before the body.
    built.remember(section.collection)
    for body_group in BodyGroup.objects.filter(organization=body):
        built.remember(body_group.group)
    built.remember(section.get_workflow().workflow_tasks.get().task.specific)
    built.remember(section.get_workflow())
    built.remember(section)
    published = _record(built, section, PUBLISHED, contributor)
    built.remember(publish_record(page=published, by=curator))
    submitted = built.remember(_record(built, section, SUBMITTED, contributor))
    submitted.get_workflow().start(submitted, contributor)


def _record(built, section, item, by):
    section.refresh_from_db()
    return create_record(
        parent=section,
        kind="study",
        study_type="note",
        title=text(item["title"]),
        slug=item["slug"],
        summary=text(item["summary"]),
        body=text(item["body"]),
        publisher=section.organization,
        related=[(built.records[item["see_also"]], RelationKind.RELATED)],
        by=by,
        **built.terms(item),
    )
