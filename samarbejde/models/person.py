from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from samarbejde import tid


class PersonManager(BaseUserManager):
    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email=(email or "").casefold())

    def create_user(self, email: str, password: str | None = None, **felter: Any) -> "Person":
        person = self.model(email=email.casefold(), **felter)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """A professional with an account (S57): never deleted, only closed. `kode` is the importer's stable key."""

    class SamletMail(models.TextChoices):
        SKOLEDAG = "skoledag", "Hver skoledag kl. 7"
        MANDAG = "mandag", "Hver mandag kl. 7"

    email = models.EmailField("e-mail", max_length=254, unique=True)
    kode = models.CharField(max_length=40, unique=True, null=True, blank=True)
    navn = models.CharField(max_length=120, db_collation="dansk")
    soegetekst = models.CharField(max_length=250, blank=True)
    faglighed = models.ForeignKey("Faglighed", models.PROTECT, null=True, blank=True, related_name="personer")
    er_beskyttet = models.BooleanField(default=False)
    samlet_mail = models.CharField(max_length=10, choices=SamletMail, default=SamletMail.SKOLEDAG)
    udloeber_den = models.DateField(null=True, blank=True)
    lukket_den = models.DateTimeField(null=True, blank=True)
    oprettet_den = models.DateTimeField(default=tid.nu)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["navn"]

    class Meta:
        verbose_name = "person"
        ordering = ["navn"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_uden_hensyn_til_store_bogstaver"),
            models.CheckConstraint(condition=~Q(navn=""), name="person_har_navn"),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def is_active(self) -> bool:
        """False from the moment the account is closed and from the first day after it expires; and always with
        Django's superuser flag, which would say yes to everything before any of our rules is asked (case 33).
        """
        if self.is_superuser or self.lukket_den is not None:
            return False
        return self.udloeber_den is None or tid.i_dag() < self.udloeber_den

    @property
    def is_staff(self) -> bool:
        return False
