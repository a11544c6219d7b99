"""The bare HTML of a letter's words, dressed for mail programs or told as plain text.

Mail programs want tables and a style on every element; whoever writes a letter
should not. Only the few tags and classes that `activity.kinds` names are known.
"""

from html import escape
from html.parser import HTMLParser
from textwrap import wrap

TEXT = "font-family:Figtree,'Segoe UI',Helvetica,Arial,sans-serif;"
HEAD = "font-family:'Bricolage Grotesque',Figtree,'Segoe UI',Helvetica,Arial,sans-serif;font-weight:700;"
BUTTON = (
    f"{TEXT}display:inline-block;font-size:16px;line-height:22px;padding:11px 18px;border-radius:12px;"
    "text-decoration:none;margin:0 6px 8px 0;mso-padding-alt:0;"
)
QUOTE = "padding:2px 0 2px 14px;border-left:3px solid #e8a33d;"
# Outlook draws no border around a link: what is quiet has a colour of its own beneath it.
QUIET = "background:#eef5f3;color:#0a5c53;border:1px solid #c3d9d4;font-weight:600;text-underline-color:#eef5f3;"
GHOST = "background:#0a5c53;color:#ffffff;border:1px solid #cfe4df;font-weight:600;text-underline-color:#0a5c53;"
MAIN = "background:#0b6e63;color:#ffffff;border:1px solid #0b6e63;font-weight:700;text-underline-color:#0b6e63;"
PAPER = "background:#ffffff;color:#0a5c53;border:1px solid #ffffff;font-weight:700;text-underline-color:#ffffff;"

#: What an element looks like: (class for dark mode and phones, style).
LOOKS = {
    "p": ("ink", f"{TEXT}font-size:16px;line-height:25px;color:#1f2a30;margin:0 0 16px;"),
    "p.lede": ("mut", f"{TEXT}font-size:17px;line-height:26px;color:#5b6470;margin:0 0 22px;"),
    "p.note": ("mut", f"{TEXT}font-size:15px;line-height:22px;color:#5b6470;margin:0 0 12px;"),
    "p.item": ("mut", f"{TEXT}font-size:16px;line-height:24px;color:#5b6470;margin:0 0 10px;"),
    "h2": ("ink line", f"{HEAD}font-size:21px;line-height:27px;color:#1f2a30;margin:28px 0 10px;"),
    "h3": ("ink", f"{TEXT}font-size:17px;line-height:24px;font-weight:700;color:#1f2a30;margin:18px 0 4px;"),
    "ul": ("ink", f"{TEXT}font-size:16px;line-height:24px;color:#1f2a30;margin:0 0 16px;padding:0 0 0 20px;"),
    "ol": ("ink", f"{TEXT}font-size:16px;line-height:24px;color:#1f2a30;margin:0 0 16px;padding:0 0 0 22px;"),
    "li": ("", "margin:0 0 6px;"),
    "blockquote": ("ink line", f"{TEXT}font-size:16px;line-height:25px;color:#1f2a30;margin:0 0 16px;{QUOTE}"),
    "hr": ("line", "border:0;border-top:1px solid #e6e0d6;margin:22px 0;"),
    "a": ("lnk", "color:#0a5c53;text-decoration:underline;"),
    "a.button": ("b-main", f"{BUTTON}{MAIN}"),
    "a.quiet": ("b-quiet", f"{BUTTON}{QUIET}"),
    "span.note": ("mut", "color:#5b6470;font-size:15px;"),
    # On the green card
    "strong p": ("", f"{TEXT}font-size:16px;line-height:23px;color:#ffffff;margin:0 0 14px;"),
    "strong p.note": ("", f"{TEXT}font-size:15px;line-height:22px;color:#ffffff;margin:0 0 14px;"),
    "strong h2": ("", f"{HEAD}font-size:22px;line-height:28px;color:#ffffff;margin:0 0 8px;"),
    "strong a": ("", "color:#ffffff;text-decoration:underline;"),
    "strong a.button": ("b-paper", f"{BUTTON}{PAPER}"),
    "strong a.quiet": ("b-ghost", f"{BUTTON}{GHOST}"),
    # On the sandy one
    "calm p": ("ink", f"{TEXT}font-size:15px;line-height:23px;color:#1f2a30;margin:0;"),
}  # fmt: skip
BOXES = {
    "strong": ("", "#0b6e63", "background:#0b6e63;border-radius:16px;padding:22px 22px 14px;"),
    "calm": ("calm", "#f4f0e8", "background:#f4f0e8;border-radius:14px;padding:16px 18px;"),
}
# Outlook knows no padding on a link: raised and widened blanks give a button its size there.
BEFORE = '<!--[if mso]><i style="mso-font-width:150%;mso-text-raise:22pt" hidden>&emsp;</i>'
RAISED = '<span style="mso-text-raise:11pt"><![endif]-->'
AFTER = '<!--[if mso]></span><i style="mso-font-width:150%" hidden>&emsp;&#8203;</i><![endif]-->'
VOID = {"br", "hr"}
COLUMNS = 76


def dress(html):
    """The same, with a style on every element, tables where Outlook needs them, classes for dark mode and phones."""
    dresser = _Dresser()
    dresser.feed(html)
    dresser.close()
    return "".join(dresser.out)


def plain(html):
    """The same as text: paragraphs of at most 76 columns, each address on a line of its own, requests numbered."""
    return _told(_Teller(), html)


def gist(html, length=120):
    """The beginning of the words alone, without buttons: what a mail program shows beneath the subject."""
    beginning = html[: 12 * length].rpartition(">")
    return " ".join(_told(_Gist(), beginning[0] + beginning[1]).split())[:length]


def _told(teller, html):
    teller.feed(html)
    teller.close()
    teller.end_block()
    return "\n".join(teller.lines).strip()


def _is_button(tag, given):
    return tag == "a" and bool({"button", "quiet"} & set((given.get("class") or "").split()))


class _Dresser(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.out, self.boxes, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_button = _is_button(tag, given)
        classes = (given.pop("class", "") or "").split()
        if tag == "div":
            return self._open_box(classes)
        css, style = self._look(tag, "quiet" if "quiet" in classes else (classes or [""])[0])
        more = "".join(f' {name}="{escape(value or "")}"' for name, value in given.items())
        css = f' class="{css}"' if css else ""
        style = f' style="{style}"' if style else ""
        self.out.append(f"<{tag}{css}{more}{style}>")
        if tag == "a":
            self.links.append(is_button)
            self.out.append(BEFORE + RAISED if is_button else "")
        return None

    def handle_endtag(self, tag):
        if tag == "div":
            self.out.append("</td></tr></table>" if self.boxes.pop() else "</div>")
        elif tag not in VOID:
            if tag == "a" and self.links.pop():
                self.out.append(AFTER)
            self.out.append(f"</{tag}>")

    def handle_data(self, data):
        self.out.append(data)

    def handle_entityref(self, name):
        self.out.append(f"&{name};")

    def handle_charref(self, name):
        self.out.append(f"&#{name};")

    def _open_box(self, classes):
        box = next((name for name in classes if name in BOXES), "")
        self.boxes.append(box)
        if not box:
            self.out.append("<div>")
            return
        css, colour, style = BOXES[box]
        css = f' class="{css}"' if css else ""
        self.out.append(
            '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
            f'style="margin:0 0 20px;"><tr><td{css} bgcolor="{colour}" style="{style}">'
        )

    def _look(self, tag, css):
        box = next((f"{name} " for name in reversed(self.boxes) if name), "")
        wishes = (f"{box}{tag}.{css}", f"{box}{tag}", f"{tag}.{css}", tag)
        return next((LOOKS[wish] for wish in wishes if wish in LOOKS), ("", ""))


class _Teller(HTMLParser):
    BLOCKS = {"p", "h1", "h2", "h3", "ul", "ol", "li", "blockquote", "div", "table", "tr"}
    LEADS = {"li": "- ", "blockquote": "> "}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.text, self.addresses = [], "", []
        self.lead, self.under = "", ""  # what stands before the first line of a block, and before its others
        self.asks, self.divs, self.is_item, self.before = 0, [], False, []

    @property
    def margin(self):
        """What is asked is numbered; all of it stands beneath its first word."""
        return " " * len(f"{self.asks}. ") if any(self.divs) else ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag in self.BLOCKS:
            was_item, self.is_item = self.is_item, "item" in classes
            if self.text.strip() or (was_item and not self.is_item):
                self.end_block(gap=tag != "li")
            if tag == "div":
                self.divs.append("ask" in classes)
                self.asks += "ask" in classes
                self.lead = f"{self.asks}. " if "ask" in classes else ""
            elif lead := self.LEADS.get(tag) or ("- " if self.is_item else ""):
                self.lead = self.margin + lead
        elif tag == "br":
            self.end_line()
        elif tag == "hr":
            self.end_block()
        elif tag == "a":
            if _is_button(tag, given):
                self.end_block(gap=False)
            self.addresses.append(given.get("href") or "")

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            is_title = tag == "h3" or (tag == "h2" and any(self.divs))
            self.end_block(gap=tag != "li" and not self.is_item and not is_title)
            if tag == "div":
                self.divs.pop()

    def handle_data(self, data):
        self.text += data

    def end_line(self):
        """Write down what was said so far; the block goes on."""
        said, self.text = " ".join(self.text.split()), ""
        if not said:
            return
        lead = self.lead or self.under or self.margin
        self.under = lead if lead.strip() == ">" else " " * len(lead)
        if len(lead) + len(said) <= COLUMNS:
            self.lines.append(lead + said)
        else:
            self.lines += wrap(said, COLUMNS, initial_indent=lead, subsequent_indent=self.under, break_on_hyphens=False)
        self.lead = ""

    def end_block(self, gap=True):
        """The same, with the addresses beneath it, and with an empty line if there is a gap."""
        addresses, self.addresses = [address for address in self.addresses if address], []
        if self.is_item and addresses == self.before:
            addresses = []  # the line above leads there already
        elif addresses:
            self.before = addresses
        if addresses and not self.under and self.text.strip() and self.text.rstrip()[-1] not in ":.?!":
            self.text = f"{self.text.rstrip()}:"
        self.end_line()
        self.lines += [f"{self.under}{address}" for address in addresses]
        self.under = ""
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")


class _Gist(_Teller):
    """Words only."""

    is_skipped = False

    def handle_starttag(self, tag, attrs):
        self.is_skipped = self.is_skipped or _is_button(tag, dict(attrs))
        super().handle_starttag(tag, [])

    def handle_endtag(self, tag):
        if tag == "a":
            self.is_skipped = False
        super().handle_endtag(tag)

    def handle_data(self, data):
        if not self.is_skipped:
            super().handle_data(data)
