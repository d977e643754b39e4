from django import template

from network_site.search.similar import similar_to

register = template.Library()


@register.simple_tag(takes_context=True)
def more_like_this(context, obj, but=""):
    """What resembles `obj`, for components/margin_list.html; `but`: kinds left out ("texte")."""
    request = context.get("request")
    # A page that is being written is not in the index yet.
    if request is None or not getattr(obj, "pk", None):
        return []
    return [
        {"title": link.title, "url": link.url, "note": link.kind_label}
        for link in similar_to(user=request.user, obj=obj, but=but.split())
    ]
