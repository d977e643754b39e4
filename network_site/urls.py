"""Addresses of the site: French without a prefix, the English interface under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from network_site.core.views import healthz
from network_site.home.sitemaps import sitemaps
from network_site.home.views import branding_css, robots_txt

urlpatterns = [
    path("sante/", healthz, name="healthz"),
    path("robots.txt", robots_txt, name="robots"),
    path("branding.css", branding_css, name="branding_css"),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps}, name="sitemap"),
    path("medias/", include("network_site.media.urls")),
]

if settings.IS_DEVELOPMENT:
    urlpatterns += [
        path("courriels/", include("network_site.core.dev_urls")),
        path("composants/", include("network_site.core.components_urls")),
    ]

urlpatterns += i18n_patterns(
    path(
        "admin/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("comptes/", include("allauth.urls")),
    path("recherche/", include("network_site.search.urls")),
    path("annuaire/", include("network_site.directory.urls")),
    path("adhesion/", include("network_site.members.urls")),
    path("notifications/", include("network_site.notifications.urls")),
    path("discussions/", include("forums.urls")),
    path("journees/", include("events.urls")),
    path("bonnes-pratiques/", include("good_practices.urls")),
    path("bibliotheque/", include("library.urls")),
    path("lettre/", include("network_site.newsletters.urls")),
    path("", include("network_site.pages.urls")),
    path("", include("network_site.home.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "network_site.core.error_views.bad_request"
handler403 = "network_site.core.error_views.permission_denied"
handler404 = "network_site.core.error_views.page_not_found"
handler500 = "network_site.core.error_views.server_error"
