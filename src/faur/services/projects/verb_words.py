"""Verbs and kinds of things of the record in words, so that a person reads it without a manual."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from faur.kernel.ids import prefix_of

_WORDS: dict[str, Promise] = {
    "access.assess_application": pgettext_lazy("verb", "assessed an application"),
    "access.award": pgettext_lazy("verb", "awarded computing time"),
    "access.close_call": pgettext_lazy("verb", "closed a call"),
    "access.decline": pgettext_lazy("verb", "declined an application"),
    "access.open_call": pgettext_lazy("verb", "opened a call"),
    "access.save_answers": pgettext_lazy("verb", "saved answers of an application"),
    "access.start_application": pgettext_lazy("verb", "began an application"),
    "access.submit_application": pgettext_lazy("verb", "submitted an application"),
    "access.withdraw_application": pgettext_lazy("verb", "withdrew an application"),
    "compute.cancel_job": pgettext_lazy("verb", "cancelled a job"),
    "compute.end_job": pgettext_lazy("verb", "saw a job end"),
    "compute.register_cluster": pgettext_lazy("verb", "registered a cluster"),
    "compute.start_job": pgettext_lazy("verb", "saw a job start"),
    "compute.submit_job": pgettext_lazy("verb", "submitted a job"),
    "data.accept_version": pgettext_lazy("verb", "let a data set version in"),
    "data.agree_contract": pgettext_lazy("verb", "agreed to a data contract"),
    "data.approve_contract": pgettext_lazy("verb", "approved a data contract"),
    "data.create_dataset": pgettext_lazy("verb", "began a data set"),
    "data.decline_contract": pgettext_lazy("verb", "declined a data contract"),
    "data.edit_dataset": pgettext_lazy("verb", "changed a data set's sheet or policy"),
    "data.publish_version": pgettext_lazy("verb", "handed in a data set version"),
    "data.refuse_version": pgettext_lazy("verb", "refused a data set version"),
    "library.add_recipe": pgettext_lazy("verb", "added a recipe to the library"),
    "models.accept_model": pgettext_lazy("verb", "let a model version in"),
    "models.promote_model": pgettext_lazy("verb", "promoted a model version"),
    "models.refuse_model": pgettext_lazy("verb", "refused a model version"),
    "models.register_model": pgettext_lazy("verb", "registered a model"),
    "models.retire_model": pgettext_lazy("verb", "retired a model version"),
    "projects.add_member": pgettext_lazy("verb", "gave a person a role in the project"),
    "projects.appoint": pgettext_lazy("verb", "gave a person a role in the factory"),
    "projects.dismiss": pgettext_lazy("verb", "took a role in the factory away"),
    "projects.edit_profile": pgettext_lazy("verb", "changed their profile"),
    "projects.end_project": pgettext_lazy("verb", "ended the project"),
    "projects.found_project": pgettext_lazy("verb", "founded the project"),
    "projects.issue_token": pgettext_lazy("verb", "made a token"),
    "projects.open_pool": pgettext_lazy("verb", "opened a pool"),
    "projects.register_organisation": pgettext_lazy("verb", "registered an organisation"),
    "projects.register_person": pgettext_lazy("verb", "made an account"),
    "projects.remove_member": pgettext_lazy("verb", "took a person out of the project"),
    "projects.revoke_token": pgettext_lazy("verb", "revoked a token"),
    "serving.endpoint_failed": pgettext_lazy("verb", "saw an endpoint fail"),
    "serving.endpoint_ready": pgettext_lazy("verb", "saw an endpoint answer"),
    "serving.issue_key": pgettext_lazy("verb", "made a key"),
    "serving.issue_portal_key": pgettext_lazy("verb", "let the portal ask an endpoint"),
    "serving.open_endpoint": pgettext_lazy("verb", "opened an endpoint"),
    "serving.revoke_key": pgettext_lazy("verb", "revoked a key"),
    "serving.stop_endpoint": pgettext_lazy("verb", "stopped an endpoint"),
    "training.finish_run": pgettext_lazy("verb", "noted what a run measured"),
    "training.start_run": pgettext_lazy("verb", "started a run"),
    "trust.ask_technical_file": pgettext_lazy("verb", "asked for a technical file"),
    "trust.classify": pgettext_lazy("verb", "classified the intended use"),
    "trust.commit_thresholds": pgettext_lazy("verb", "committed to thresholds"),
    "trust.declare_item": pgettext_lazy("verb", "declared an item of the technical file"),
    "trust.export_evidence": pgettext_lazy("verb", "exported the evidence"),
    "trust.finish_evaluation": pgettext_lazy("verb", "finished an evaluation"),
    "trust.start_evaluation": pgettext_lazy("verb", "started an evaluation"),
    "trust.write_technical_file": pgettext_lazy("verb", "wrote the technical file"),
}


def in_words(verb: str) -> str:
    """The verb as the second half of a sentence; one that has no words is shown as it is spelt."""
    return str(_WORDS.get(verb) or verb.replace(".", ": ").replace("_", " "))


_KINDS: dict[str, Promise] = {
    "alc": pgettext_lazy("kind", "allocation"),
    "app": pgettext_lazy("kind", "application"),
    "awd": pgettext_lazy("kind", "award"),
    "bnd": pgettext_lazy("kind", "bundle of evidence"),
    "call": pgettext_lazy("kind", "call"),
    "cls": pgettext_lazy("kind", "cluster"),
    "con": pgettext_lazy("kind", "data contract"),
    "dcl": pgettext_lazy("kind", "declaration"),
    "dsv": pgettext_lazy("kind", "data set version"),
    "dts": pgettext_lazy("kind", "data set"),
    "end": pgettext_lazy("kind", "endpoint"),
    "eva": pgettext_lazy("kind", "evaluation"),
    "job": pgettext_lazy("kind", "job"),
    "key": pgettext_lazy("kind", "key"),
    "mdl": pgettext_lazy("kind", "model"),
    "mdv": pgettext_lazy("kind", "model version"),
    "org": pgettext_lazy("kind", "organisation"),
    "pol": pgettext_lazy("kind", "pool"),
    "prj": pgettext_lazy("kind", "project"),
    "rcp": pgettext_lazy("kind", "recipe"),
    "rsk": pgettext_lazy("kind", "classification"),
    "run": pgettext_lazy("kind", "run"),
    "tfl": pgettext_lazy("kind", "technical file"),
    "thr": pgettext_lazy("kind", "thresholds"),
    "tok": pgettext_lazy("kind", "token"),
    "usr": pgettext_lazy("kind", "person"),
}


def kind_in_words(uid: str) -> str:
    """What kind of thing an identifier names; empty where it is not known."""
    return str(_KINDS.get(prefix_of(uid), ""))
