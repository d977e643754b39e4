"""What every page of the back office loads."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def admin_dates():
    return format_html('<script src="{}"></script>', static("js/admin-dates.js"))
