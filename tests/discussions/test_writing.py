"""Markdown becomes HTML once, and nothing dangerous, endless or lost comes of it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communities.discussions import writing
from communities.discussions.writing import html_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**vet** en _schuin_ en ~~weg~~", "<p><strong>vet</strong> en <em>schuin</em> en <s>weg</s></p>"),
        ("een\ntwee", "<p>een<br>\ntwee</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> citaat", "<blockquote>\n<p>citaat</p>\n</blockquote>"),
        ("# geen kop", "<p># geen kop</p>"),
        ("🎉 مرحبا", "<p>🎉 مرحبا</p>"),
        ("&lt;b&gt; &amp; AT&T", "<p>&amp;lt;b&amp;gt; &amp;amp; AT&amp;T</p>"),
    ],
)
def test_a_text_looks_as_it_was_meant(text, html):
    assert html_of(text) == html


def test_addresses_become_links_that_tell_nobody_where_they_came_from():
    html = html_of("Zie https://voorbeeld.example/a?b=1.")
    assert 'href="https://voorbeeld.example/a?b=1"' in html
    assert 'rel="nofollow noopener noreferrer ugc"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](java&#115;cript:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](java\nscript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](\x01javascript:alert(1))",
        "[a](%6Aavascript:alert(1))",
        "[a](feed:javascript:alert(1))",
        "[a]: javascript:alert(1)\n[a]",
        "<a href='java&#10;script:alert(1)'>a</a>",
        '<https://x.example/" onmouseover="alert(1)>',
        '[a](https://x.example/" onmouseover="alert(1))',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
        "[a](//kwaad.example/x)",
        "[a](/communities/1/leave/)",
        "![a](https://kwaad.example/pixel.png)",
        "<javascript:alert(1)>",
        "`<script>`",
        "```\n<script>\n```",
        '[a](https://x.example "onmouseover=alert(1)")',
        'https://x.example/"onmouseover=alert(1)',
        "<span class='btn'>x</span>",
    ],
)
def test_nothing_of_a_text_is_carried_out(text):
    html = html_of(text)
    links = ('href="j', 'href="J', 'href="d', 'href="v', 'href="/')
    for danger in ("<script", "<img", "<svg", "onerror=alert(1)>", "title=", "<span", *links):
        assert danger not in html


@given(st.text(alphabet=st.sampled_from("<>[]()!*_`~@#\"'/:; \n-aé:scripthref=&\\"), max_size=200))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_only_known_tags_come_out(text):
    import re

    html = html_of(text, ["A", "Aé"])
    assert set(re.findall(r"</?([a-zA-Z]+)", html)) <= writing.TAGS
    for href in re.findall(r'href="([^"]*)"', html):
        assert href.lower().startswith(("http://", "https://", "mailto:"))
    assert not re.search(r"<[^>]*\son\w+=", html)


@pytest.mark.parametrize(
    "text",
    [
        ">" * 500 + " diep", "> " * 500 + "diep", "- " * 500 + "diep", "1. " * 400 + "diep",
        "\n".join(" " * 2 * n + "- diep" for n in range(120)), "\n".join(">" * n + " diep" for n in range(180)),
    ],
)  # fmt: skip
def test_quotes_500_deep_are_shown_five_deep_and_lose_no_word(text):
    html = html_of(text)
    assert html.count("<blockquote>") <= 400 and "diep" in html
    depth = deepest = 0
    for part in html.split("<"):
        depth += part.startswith(("blockquote>", "ul>", "ol>", "ol ")) - part.startswith(("/blockquote", "/ul", "/ol"))
        deepest = max(deepest, depth)
    assert deepest <= 11
    assert html.count("diep") == text.count("diep")


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "[a",
        "[a](",
        "*a",
        "_a",
        "**a _b ",
        "<",
        "`",
        "`a",
        "~~a",
        "@a",
        "http://",
        "![",
        "\\",
        "&",
        "- \n",
        "[a]: ",
    ],
)
def test_no_text_takes_long(part):
    text = (part * writing.LONGEST)[: writing.LONGEST]
    before = time.process_time()
    html_of(text, ["Tom Hendriks"])
    writing.mentioned(text, ["Tom Hendriks"])
    assert time.process_time() - before < 5  # a slow machine under load; as a rule a tenth of a second


def test_members_are_mentioned_by_whole_name_or_by_a_first_name_that_one_has():
    found, unknown = writing.mentioned(
        "@Amina Yildiz, @amina en @Tom? Mail tom@school.example, `@Code` en @Dele Okafor!",
        ["Amina Yildiz", "Tom Hendriks", "Tom Prins"],
    )
    assert set(found.values()) == {"Amina Yildiz"}
    assert unknown == ["Tom", "Dele Okafor"]


def test_a_mention_is_seen_in_the_text():
    assert html_of("Dag @Amina Yildiz!", ["Amina Yildiz"]) == '<p>Dag <span class="mention">@Amina Yildiz</span>!</p>'
