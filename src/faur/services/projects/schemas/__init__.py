"""What the API of projects takes and answers."""

from faur.services.projects.schemas.allocations import AllocationOut, PoolIn, PoolOut, PostingOut
from faur.services.projects.schemas.organisations import OrganisationIn, OrganisationOut
from faur.services.projects.schemas.people import (
    AppointmentIn,
    AppointmentOut,
    CredentialsIn,
    IssuedTokenOut,
    MeOut,
    PersonIn,
    PersonOut,
    TokenOut,
)
from faur.services.projects.schemas.projects import EntryOut, MemberIn, MemberOut, ProjectOut, RecordKeyOut, TrailOut

__all__ = [
    "AllocationOut",
    "AppointmentIn",
    "AppointmentOut",
    "CredentialsIn",
    "EntryOut",
    "IssuedTokenOut",
    "MeOut",
    "MemberIn",
    "MemberOut",
    "OrganisationIn",
    "OrganisationOut",
    "PersonIn",
    "PersonOut",
    "PoolIn",
    "PoolOut",
    "PostingOut",
    "ProjectOut",
    "RecordKeyOut",
    "TokenOut",
    "TrailOut",
]
