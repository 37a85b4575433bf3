"""Many people at the same moment: versions get numbers of their own, and there is one contract a purpose."""

import pytest

from faur.kernel.tests.side_by_side import at_once
from faur.services.data.actions.publish_version import publish_version
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.tests import world
from faur.services.data.tests.world import acting

pytestmark = pytest.mark.django_db(transaction=True)


def test_versions_that_are_published_at_once_get_different_numbers(ana, place):
    made, file = world.dataset(ana, place).pk, world.uploaded(ana, place)

    def publish():
        dataset = Dataset.objects.select_related("project").get(pk=made)
        publish_version(acting(ana), dataset, files=[file])

    at_once([publish] * 5)
    assert sorted(DatasetVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_agreeing_at_once_makes_one_contract(ana, place):
    version = world.published(ana, world.dataset(ana, place)).pk

    def agree():
        found = DatasetVersion.objects.with_dataset().get(pk=version)
        return world.agreed(ana, place, found).pk

    assert len(set(at_once([agree] * 4))) == 1
    assert Contract.objects.count() == 1
