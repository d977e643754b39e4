"""Addresses of the site: French without a prefix, the English interface under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from network_site.core import views as core_views
from network_site.core.spaces import SLUGS
from network_site.home.admin_guards import views as guarded
from network_site.home.admin_guards.account import account_view
from network_site.home.admin_guards.privacy import page_privacy_view
from network_site.home.sitemaps import sitemaps
from network_site.home.views import branding_css, robots_txt
from network_site.journal.admin_rights import collection_privacy_view
from network_site.media.views import serve_document
from network_site.members.views import security
from network_site.members.views.proving import prove_address

urlpatterns = [
    path("sante/", core_views.ready, name="health_ready"),
    path("sante/vivant/", core_views.alive, name="health_alive"),
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

# Wagtail's and Django's own ways in lead to ours, which counts attempts and asks for the
# second factor; where the person was going stays in the query.
to_log_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_reset = RedirectView.as_view(pattern_name="account_reset_password")
to_security = RedirectView.as_view(pattern_name="account_security")

urlpatterns += i18n_patterns(
    path("admin/login/", to_log_in, name="admin_log_in"),
    re_path("^admin/password_reset/", to_reset, name="admin_password_reset"),
    path("_util/login/", to_log_in),
    # Before Wagtail's own: who may read is written in the journal, and nothing is named to
    # somebody who may not know of it.
    path(
        "admin/pages/<number:page_id>/privacy/",
        page_privacy_view,
        name="admin_page_privacy",
    ),
    path(
        "admin/collections/<number:collection_id>/privacy/",
        collection_privacy_view,
        name="admin_collection_privacy",
    ),
    path("admin/account/", account_view, name="admin_account"),
    path("admin/choose-page/", guarded.choose_page, name="admin_choose_page"),
    path(
        "admin/choose-page/<number:parent_page_id>/",
        guarded.choose_page,
        name="admin_choose_page_child",
    ),
    path(
        "admin/choose-page/chosen-multiple/",
        guarded.chosen_pages,
        name="admin_chosen_pages",
    ),
    path(
        "admin/documents/chooser/chosen/<str:pk>/",
        guarded.chosen_document,
        name="admin_chosen_document",
    ),
    path(
        "admin/documents/chooser/chosen-multiple/",
        guarded.chosen_documents,
        name="admin_chosen_documents",
    ),
    path(
        "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/",
        guarded.bulk_action,
        name="admin_bulk_action",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "documents/<number:document_id>/<path:document_filename>",
        serve_document,
        name="wagtaildocs_serve",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("comptes/securite/", security.account_security, name="account_security"),
    path(
        "comptes/securite/appareils/<number:pk>/",
        security.account_device_end,
        name="account_device_end",
    ),
    path(
        "comptes/securite/plus-tard/",
        security.second_factor_later,
        name="account_second_factor_later",
    ),
    path(
        "comptes/securite/appareils/",
        security.account_devices_end_others,
        name="account_devices_end_others",
    ),
    # One page says what these would say.
    path("comptes/2fa/", to_security),
    path("comptes/2fa/webauthn/", to_security),
    path("comptes/sessions/", to_security),
    # allauth's own page, which says why it sends elsewhere.
    path(
        "comptes/confirm-email/", prove_address, name="account_email_verification_sent"
    ),
    path("comptes/", include("allauth.urls")),
    path("recherche/", include("network_site.search.urls")),
    path("annuaire/", include("network_site.directory.urls")),
    path("adhesion/", include("network_site.members.urls")),
    path("mes-donnees/", include("network_site.privacy.urls")),
    path("notifications/", include("network_site.notifications.urls")),
    path(f"{SLUGS['forums']}/", include("forums.urls")),
    path(f"{SLUGS['events']}/", include("events.urls")),
    path(f"{SLUGS['practices']}/", include("good_practices.urls")),
    path(f"{SLUGS['library']}/", include("library.urls")),
    path(f"{SLUGS['newsletter']}/", include("network_site.newsletters.urls")),
    path("", include("network_site.pages.urls")),
    path("", include("network_site.home.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "network_site.core.error_views.bad_request"
handler429 = "network_site.members.views.security.too_many_requests"
handler403 = "network_site.core.error_views.permission_denied"
handler404 = "network_site.home.not_found.page_not_found"
handler500 = "network_site.core.error_views.server_error"
