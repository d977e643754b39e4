from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Creates users known by their e-mail address."""

    use_in_migrations = True

    def _create(self, email, password, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email, password=None, **fields):
        """Return a new user; the password may be None (login by code)."""
        return self._create(email, password, **fields)

    def create_superuser(self, email, password=None, **fields):
        """Return a new administrator."""
        return self._create(
            email, password, **{"is_staff": True, "is_superuser": True, **fields}
        )

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A login, and nothing else: who the person is at work stands in members.Profile."""

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    # Mails are written in it, whoever causes them.
    language = models.CharField(
        _("language of the mails"),
        max_length=5,
        choices=settings.LANGUAGES,
        default="fr",
    )

    # Whoever left: when, and under which words what they wrote is signed from then on
    # ("Ancien membre, Gentilly, 2026"); empty when they let their name stand.
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    former_as = models.CharField(_("signs as"), max_length=200, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            # Two spellings of one address must not make two accounts.
            models.UniqueConstraint(
                Lower("email"), name="accounts_user_email_case_insensitive"
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        """The name as it is shown: that of whoever left is what they chose to leave."""
        return self.former_as or super().get_full_name()
