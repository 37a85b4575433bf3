"""What the record says of data sets and of contracts, whichever verb says it."""

from faur.kernel.record import Statement, Strength
from faur.services.data.digests import digest_of_json
from faur.services.data.models import Contract, Dataset


def about_dataset(dataset: Dataset) -> Statement[Dataset]:
    """What is told of it, on the chain of its project."""
    return Statement(
        chain=dataset.project.uid,
        subjects=[dataset],
        claims={
            "name": dataset.name,
            "title": dataset.title,
            "licence": dataset.licence,
            "sheet_digest": digest_of_json(dataset.sheet),
            "policy_digest": digest_of_json(dataset.policy),
            "policy": dataset.policy,
        },
        strength=Strength.DECLARED,
        result=dataset,
    )


def about_contract(contract: Contract) -> Statement[Contract]:
    """Who may use what for what, on the chain of the project that uses it."""
    version = contract.version
    return Statement(
        chain=contract.project.uid,
        subjects=[contract, version],
        claims={
            "contract": contract.uid,
            "dataset_version": version.uid,
            "manifest": version.manifest,
            "purpose": contract.purpose,
            "policy_digest": contract.policy_digest,
            "state": contract.state,
            "ends_on": contract.ends_on.isoformat() if contract.ends_on else None,
        },
        strength=Strength.DECLARED,
        result=contract,
    )
