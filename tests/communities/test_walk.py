"""The main road: a learning question, open for members, somebody joins, the PLG begins."""

from communities.choices import MembershipState, Role, State
from communities.models import Community


def test_from_a_learning_question_to_a_plg_of_two(cast, signed_in):
    els, amina = signed_in(cast.els), signed_in(cast.amina)
    assert els.get("/communities/start/").status_code == 200
    answer = els.post(
        "/communities/start/",
        {
            "name": "PLG Lezen",
            "theme": "reading",
            "question": "Wanneer gaan kinderen uit zichzelf lezen?",
            "blurb": "Wij lezen samen.",
            "cadence_weeks": 6,
            "seats_min": 6,
            "seats_max": 10,
            "join_policy": "request",
            "listed": "board",
            "commitments": "Ik ben er.",
        },
    )
    plg = Community.objects.get(name="PLG Lezen")
    home = plg.get_absolute_url()
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == home
    assert els.get(home).status_code == 200
    assert plg.state == State.CONCEPT
    assert amina.get(home).status_code == 404  # nobody else sees a concept
    assert els.post(f"{home}recruit/").status_code == 302
    assert b"PLG Lezen" in amina.get("/communities/directory/").content
    assert amina.get(home).status_code == 200
    assert b"uit zichzelf" not in amina.get(home).content  # the question is for members
    assert amina.get(f"{home}join/").status_code == 200
    assert amina.post(f"{home}join/", {"message": "Graag!"}).status_code == 422  # without the promise
    assert amina.post(f"{home}join/", {"message": "Graag!", "promised": "on"}).status_code == 302
    place = plg.memberships.get(person=cast.amina)
    assert (place.state, place.school) == (MembershipState.REQUESTED, cast.regenboog)
    assert b"Graag!" in els.get(f"{home}members/").content
    assert els.post(f"/communities/memberships/{place.pk}/admit/", {"word": "Fijn!"}).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.role) == (MembershipState.ACTIVE, Role.MEMBER)
    assert place.accepted_at and place.joined_at
    assert b"uit zichzelf" in amina.get(home).content
    assert els.post(f"{home}begin/").status_code == 302
    assert amina.get(f"{home}members/").status_code == 200
    assert amina.get("/communities/").status_code == 200
