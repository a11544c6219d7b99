"""The lesson plan."""

from django.urls import path

from lessonstudy.views import plans

urlpatterns = [
    path("<int:pk>/plan/", plans.plan_now, name="plan_now"),
    path("<int:pk>/plan/compare/", plans.plan_compare, name="plan_compare"),
    path("<int:pk>/plan/<int:number>/", plans.plan, name="plan"),
    path("<int:pk>/plan/<int:number>/push/", plans.plan_push, name="plan_push"),
    path("<int:pk>/plan/<int:number>/pull/", plans.plan_pull, name="plan_pull"),
    path("<int:pk>/plan/<int:number>/write/", plans.plan_write, name="plan_write"),
    path("<int:pk>/plan/<int:number>/paper/", plans.plan_paper, name="plan_paper"),
    path("<int:pk>/plan/<int:number>/comment/", plans.plan_comment, name="plan_comment"),
    path("<int:pk>/plan/<int:number>/remarks/", plans.plan_remarks, name="plan_remarks"),
    path("plan-remarks/<int:pk>/settle/", plans.settle_comment, name="settle_comment"),
    path("plan-remarks/<int:pk>/withdraw/", plans.withdraw_comment, name="withdraw_comment"),
]
