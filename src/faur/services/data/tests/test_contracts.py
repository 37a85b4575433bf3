"""No use of data without a contract: who agrees, who approves, and when it ends."""

from datetime import date, timedelta

import pytest

from faur.kernel import clock
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries, entries_about
from faur.services.data import queries
from faur.services.data.actions.agree_contract import agree_contract
from faur.services.data.actions.approve_contract import approve_contract
from faur.services.data.actions.decline_contract import decline_contract
from faur.services.data.actions.edit_dataset import edit_dataset
from faur.services.data.actions.refuse_version import refuse_version
from faur.services.data.errors import (
    ContractDecided,
    ContractMissing,
    NotPublished,
    PurposeRefused,
)
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.public import active_contract, usable_versions, version_for_use
from faur.services.data.rules import Purpose
from faur.services.data.tests import world
from faur.services.data.tests.world import SYSTEM, acting
from faur.services.projects.public import build_trail

pytestmark = pytest.mark.django_db
SHEET, POLICY = world.SHEET, world.POLICY


def test_no_use_without_a_contract_also_of_ones_own_data(ana, place):
    version = world.published(ana, world.dataset(ana, place))
    with pytest.raises(ContractMissing):
        version_for_use(acting(ana), version.uid, place, Purpose.TRAINING)
    contract = world.agreed(ana, place, version)
    assert contract.state == "active"
    assert world.agreed(ana, place, version) == contract
    assert version_for_use(acting(ana), version.uid, place, Purpose.TRAINING) == version
    assert list(usable_versions(acting(ana), place, Purpose.TRAINING)) == [version]
    with pytest.raises(ContractMissing):
        version_for_use(acting(ana), version.uid, place, Purpose.EVALUATION)
    first = entries_about(contract.uid, "data.agree_contract")[0]
    assert first.chain == place.uid
    assert {"dataset_version", "manifest", "purpose", "policy_digest", "state"} <= set(first.claims)
    assert first.strength == "declared"


@pytest.mark.parametrize(
    ("policy", "purpose"),
    [
        ({"permissions": ["evaluation"]}, Purpose.TRAINING),
        ({"permissions": ["training"]}, Purpose.EVALUATION),
        ({"expires_on": "2020-01-01"}, Purpose.TRAINING),
    ],
)
def test_a_policy_that_does_not_allow_the_use_refuses_the_contract(ana, place, policy, purpose):
    version = world.published(ana, world.dataset(ana, place, **policy))
    with pytest.raises(PurposeRefused):
        world.agreed(ana, place, version, purpose)
    assert not Contract.objects.exists()


def test_where_the_policy_says_so_a_steward_approves(ana, place):
    version = world.published(ana, world.dataset(ana, place, requires_approval=True))
    steward, member = world.joined(ana, place, "Stela", "steward"), world.joined(ana, place, "Bogdan", "member")
    contract = world.agreed(member, place, version)
    assert contract.state == "pending"
    with pytest.raises(ContractMissing):
        version_for_use(acting(ana), version.uid, place, Purpose.TRAINING)
    with pytest.raises(Forbidden):
        approve_contract(acting(member), contract)
    assert [one.uid for one in queries.contracts_to_decide(acting(steward))] == [contract.uid]
    assert not queries.contracts_to_decide(acting(member)).exists()
    stale = Contract.objects.get(pk=contract.pk)
    approve_contract(acting(steward), contract)
    assert (contract.state, contract.decided_by) == ("active", steward.uid)
    assert active_contract(version, place, Purpose.TRAINING) == contract
    for verb in (approve_contract, decline_contract):
        with pytest.raises(ContractDecided):
            verb(acting(steward), stale)
    (entry,) = entries_about(contract.uid, "data.approve_contract")
    assert (entry.claims["state"], entry.actor_uid) == ("active", steward.uid)


def test_a_steward_may_not_bind_the_project_to_a_use(ana, place):
    version = world.published(ana, world.dataset(ana, place))
    with pytest.raises(Forbidden):
        world.agreed(world.joined(ana, place, "Stela", "steward"), place, version)


def test_what_was_declined_can_be_asked_for_again(ana, place):
    version = world.published(ana, world.dataset(ana, place, requires_approval=True))
    first = world.agreed(ana, place, version)
    decline_contract(acting(ana), first)
    second = world.agreed(ana, place, version)
    assert (first.state, second.state, first.pk == second.pk) == ("declined", "pending", False)


def test_data_that_is_not_shared_is_for_its_own_project_alone(ana, place, mihai, elsewhere):
    version = world.published(ana, world.dataset(ana, place))
    assert not DatasetVersion.objects.visible_to(acting(mihai)).exists()
    assert not Dataset.objects.visible_to(acting(mihai)).exists()
    with pytest.raises(NotFound):
        version_for_use(acting(mihai), version.uid, elsewhere, Purpose.TRAINING)
    with pytest.raises(PurposeRefused):
        world.agreed(mihai, elsewhere, version)
    with pytest.raises(NotFound):
        world.agreed(mihai, place, version)


def test_shared_data_is_used_by_another_project_under_a_contract_that_its_owner_approves(ana, place, mihai, elsewhere):
    shared = world.dataset(ana, place, permissions=["training", "sharing"], requires_approval=True)
    version, hidden = world.published(ana, shared), world.checking(ana, shared)
    seen = DatasetVersion.objects.visible_to(acting(mihai))
    assert list(seen) == [version], "what is not published yet is nobody's business"
    contract = world.agreed(mihai, elsewhere, version)
    assert contract.state == "pending"
    with pytest.raises(Forbidden):
        approve_contract(acting(mihai), contract)
    approve_contract(acting(ana), contract)
    assert version_for_use(acting(mihai), version.uid, elsewhere, Purpose.TRAINING) == version
    with pytest.raises(ContractMissing):
        version_for_use(acting(ana), version.uid, place, Purpose.TRAINING)
    assert [entry.verb for entry in entries(elsewhere.uid)][-2:] == ["data.agree_contract", "data.approve_contract"]
    for user in (ana, mihai):
        assert Contract.objects.visible_to(acting(user)).exists()
    assert not Contract.objects.visible_to(acting(world.person("Mallory"))).exists()
    assert hidden not in seen


def test_who_uses_data_under_a_contract_still_sees_it_when_it_is_no_longer_shared(ana, place, mihai, elsewhere):
    shared = world.dataset(ana, place, permissions=["training", "sharing"])
    version = world.published(ana, shared)
    world.agreed(mihai, elsewhere, version)
    edit_dataset(acting(ana), shared, description=world.describe(policy={"permissions": ["training"]}))
    assert version_for_use(acting(mihai), version.uid, elsewhere, Purpose.TRAINING) == version
    assert not Dataset.objects.visible_to(acting(world.person("Mallory"))).exists()


def test_only_who_has_a_right_to_the_files_reads_them(ana, place, mihai, elsewhere):
    version = world.published(ana, world.dataset(ana, place, permissions=["training", "sharing"]))
    steward = world.joined(ana, place, "Stela", "steward")
    read = {user.name: queries.may_read_files(acting(user), version) for user in (ana, steward, mihai)}
    assert read == {"Ana": True, "Stela": True, "Mihai": False}
    world.agreed(mihai, elsewhere, version)
    assert queries.may_read_files(acting(mihai), version)


def test_a_contract_ends_with_the_policy_that_was_agreed_to(ana, place, monkeypatch):
    last = world.today() + timedelta(days=10)
    made = world.dataset(ana, place, expires_on=last.isoformat())
    version = world.published(ana, made)
    contract = world.agreed(ana, place, version)
    assert contract.ends_on == last
    after = clock.now() + timedelta(days=12)
    monkeypatch.setattr(clock, "now", lambda: after)
    assert contract.stands == "ended"
    with pytest.raises(ContractMissing):
        version_for_use(acting(ana), version.uid, place, Purpose.TRAINING)
    assert not usable_versions(acting(ana), place, Purpose.TRAINING).exists()
    with pytest.raises(PurposeRefused):
        world.agreed(ana, place, version)
    longer = date(last.year + 2, 1, 1).isoformat()
    edit_dataset(acting(ana), made, description=world.describe(policy={**POLICY, "expires_on": longer}))
    renewed = world.agreed(ana, place, version)
    assert (renewed.pk == contract.pk, renewed.state) == (False, "active")
    assert Contract.objects.get(pk=contract.pk).state == "ended"
    assert version_for_use(acting(ana), version.uid, place, Purpose.TRAINING) == version


def test_the_trail_goes_through_the_contract_or_asks_for_data(ana, place):
    def step():
        return next(one for one in build_trail(acting(ana), place.uid) if one.key == "contract")

    assert step().action_url == f"/datasets/new/?project={place.uid}"
    version = world.published(ana, world.dataset(ana, place, requires_approval=True))
    contract = world.agreed(ana, place, version)
    assert (step().state, step().url) == ("pending", f"/contracts/{contract.uid}/")
    approve_contract(acting(ana), contract)
    assert (step().state, step().title, step().strength) == ("active", "Cells 1, training", "declared")
    assert step().entry[0] == place.uid


def test_agreeing_is_refused_for_a_version_that_was_refused(ana, place):
    version = world.checking(ana, world.dataset(ana, place))
    refuse_version(SYSTEM, version, code="data.empty", sentence="t.csv is empty." + "x\0" * 2000)
    assert (version.state, len(version.refusal)) == ("refused", 1000)
    (entry,) = entries_about(version.uid, "data.refuse_version")
    assert entry.claims["code"] == "data.empty"
    with pytest.raises(NotPublished):
        agree_contract(acting(ana), place, version=version, purpose=Purpose.TRAINING)
