"""The pages of projects."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from faur.services.projects.views import account, allocations, home, organisations, people, projects, record

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("login/", account.LogIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("register/", account.register, name="register"),
    path("account/", account.account, name="account"),
    path("account/tokens/", account.token_new, name="token-new"),
    path("account/tokens/<str:uid>/revoke/", account.token_revoke, name="token-revoke"),
    path("people/", people.people, name="people"),
    path("people/<str:uid>/<slug:role>/", people.role, name="role"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<str:uid>/", projects.project, name="project"),
    path("projects/<str:uid>/work/", projects.project_work, name="project-work"),
    path("projects/<str:uid>/record/", record.project_record, name="project-record"),
    path("projects/<str:uid>/members/<str:member>/", projects.member, name="member"),
    path("projects/<str:uid>/members/<str:member>/remove/", projects.member_remove, name="member-remove"),
    path("record/factory/", record.factory_record, name="factory-record"),
    path("record/<slug:chain>/<int:seq>/", record.entry, name="entry"),
    path("allocations/<str:uid>/", allocations.allocation, name="allocation"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation-new"),
    path("organisations/<str:uid>/", organisations.organisation, name="organisation"),
    path("pools/", allocations.pools, name="pools"),
    path("pools/new/", allocations.pool_new, name="pool-new"),
    path("pools/<str:uid>/", allocations.pool, name="pool"),
]
