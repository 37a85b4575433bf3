"""The pages of compute."""

from django.urls import URLPattern, path

from faur.services.compute.views import clusters, jobs

urlpatterns: list[URLPattern] = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<str:uid>/", jobs.job, name="job"),
    path("jobs/<str:uid>/now/", jobs.job_now, name="job-now"),
    path("jobs/<str:uid>/cancel/", jobs.job_cancel, name="job-cancel"),
    path("clusters/", clusters.clusters, name="clusters"),
    path("clusters/new/", clusters.cluster_new, name="cluster-new"),
    path("clusters/<str:uid>/", clusters.cluster, name="cluster"),
]
