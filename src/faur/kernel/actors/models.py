"""People, their grants and their tokens."""

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.entities import Entity, EntityQuerySet, UidField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None, **fields: Any) -> "User":  # Any: the model's own fields
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person with an account. The e-mail address is kept here alone and never enters the record."""

    uid = UidField("usr")
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.uid


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_scope(self, scope: str) -> Self:
        return self.filter(scope=scope).select_related("user").order_by("pk")


class Grant(models.Model):
    """One role of one person in one scope: a project, an organisation, or the factory."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    scope = models.CharField(max_length=40, db_index=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role", "scope"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.role} in {self.scope}"


class TokenQuerySet(EntityQuerySet["Token"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(user_id=actor.pk) if actor.pk else self.none()

    def valid(self, at: datetime) -> Self:
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), revoked_at__isnull=True)


class Token(Entity):
    """A secret that speaks for its person on the API. Only its SHA-256 is kept: it has 256 bits of its own entropy."""

    uid = UidField("tok")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    @classmethod
    def issue(cls, user: User, name: str, expires_at: datetime | None) -> tuple["Token", str]:
        """A new token and its secret, which is shown once and not kept."""
        secret = f"faur_{secrets.token_urlsafe(32)}"
        token = cls(user=user, name=name, prefix=secret[:12], digest=digest_of(secret), expires_at=expires_at)
        token.save()
        return token, secret


def digest_of(secret: str) -> str:
    """SHA-256 of a secret that is random itself; passwords go through Django's slow hashers instead."""
    return hashlib.sha256(secret.encode()).hexdigest()
