"""The bare HTML of a letter's words, dressed for mail programs or told as plain text.

Mail programs want tables and a style on every element; whoever writes a letter
should not. Only the few tags and classes that `activity.kinds` names are known.
"""

from html import escape
from html.parser import HTMLParser
from textwrap import wrap

TEXT = "font-family:Figtree,'Segoe UI',Helvetica,Arial,sans-serif;"
HEAD = "font-family:'Bricolage Grotesque',Figtree,'Segoe UI',Helvetica,Arial,sans-serif;font-weight:650;"
BUTTON = (
    f"{TEXT}display:inline-block;font-size:16px;line-height:22px;padding:11px 18px;border-radius:12px;"
    "text-decoration:none;margin:0 6px 8px 0;mso-padding-alt:0;"
)

QUOTE = "padding:2px 0 2px 14px;border-left:3px solid #e8a33d;"
PAPER = "background:#ffffff;color:#0a5c53;border:1px solid #ffffff;font-weight:650;"

#: What an element looks like: (class for dark mode and phones, style).
LOOKS = {
    "p": ("ink", f"{TEXT}font-size:16px;line-height:25px;color:#1f2a30;margin:0 0 16px;"),
    "p.lede": ("mut", f"{TEXT}font-size:17px;line-height:26px;color:#5b6470;margin:0 0 22px;"),
    "p.note": ("mut", f"{TEXT}font-size:15px;line-height:22px;color:#5b6470;margin:0 0 12px;"),
    "h2": ("ink line", f"{HEAD}font-size:21px;line-height:27px;color:#1f2a30;margin:28px 0 10px;"),
    "h3": ("ink", f"{TEXT}font-size:17px;line-height:24px;font-weight:650;color:#1f2a30;margin:16px 0 4px;"),
    "ul": ("ink", f"{TEXT}font-size:16px;line-height:24px;color:#1f2a30;margin:0 0 16px;padding:0 0 0 20px;"),
    "ol": ("ink", f"{TEXT}font-size:16px;line-height:24px;color:#1f2a30;margin:0 0 16px;padding:0 0 0 22px;"),
    "li": ("", "margin:0 0 6px;"),
    "blockquote": ("ink line", f"{TEXT}font-size:16px;line-height:25px;color:#1f2a30;margin:0 0 16px;{QUOTE}"),
    "hr": ("line", "border:0;border-top:1px solid #e6e0d6;margin:22px 0;"),
    "a": ("lnk", "color:#0a5c53;text-decoration:underline;"),
    "a.button": ("b-main", f"{BUTTON}background:#0b6e63;color:#ffffff;border:1px solid #0b6e63;font-weight:650;"),
    "a.quiet": ("b-quiet", f"{BUTTON}background:#ffffff;color:#0a5c53;border:1px solid #cfd8d4;font-weight:600;"),
    "span.note": ("mut", "color:#5b6470;font-size:15px;"),
    # On the green card
    "strong p": ("", f"{TEXT}font-size:16px;line-height:23px;color:#ffffff;margin:0 0 14px;"),
    "strong p.note": ("", f"{TEXT}font-size:15px;line-height:22px;color:#ffffff;margin:0 0 2px;"),
    "strong h2": ("", f"{HEAD}font-size:22px;line-height:28px;color:#ffffff;margin:0 0 10px;"),
    "strong a": ("", "color:#ffffff;text-decoration:underline;"),
    "strong a.button": ("b-paper", f"{BUTTON}{PAPER}"),
    "strong a.quiet": ("b-ghost", f"{BUTTON}color:#ffffff;border:1px solid #cfe4df;font-weight:600;"),
    # On the sandy one
    "calm p": ("ink", f"{TEXT}font-size:15px;line-height:23px;color:#1f2a30;margin:0;"),
}  # fmt: skip
BOXES = {
    "strong": ("", "#0b6e63", "background:#0b6e63;border-radius:16px;padding:22px 22px 14px;"),
    "calm": ("calm", "#f4f0e8", "background:#f4f0e8;border-radius:14px;padding:16px 18px;"),
}
# Outlook knows no padding on a link: two invisible letters give a button its size there.
OUTLOOK = (
    '<!--[if mso]><i style="letter-spacing:18px;mso-font-width:-100%;mso-text-raise:16pt">&nbsp;</i><![endif]-->',
    '<!--[if mso]><i style="letter-spacing:18px;mso-font-width:-100%">&nbsp;</i><![endif]-->',
)
VOID = {"br", "hr"}


def dress(html):
    """The same, with a style on every element, tables where Outlook needs them, classes for dark mode and phones."""
    dresser = _Dresser()
    dresser.feed(html)
    dresser.close()
    return "".join(dresser.out)


def plain(html):
    """The same as text: paragraphs of at most 76 columns, "words: address" for a link."""
    teller = _Teller()
    teller.feed(html)
    teller.close()
    teller.end_block()
    return "\n".join(teller.lines).strip()


class _Dresser(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.out, self.boxes, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        classes = (given.pop("class", "") or "").split()
        if tag == "div":
            return self._open_box(classes)
        is_button = tag == "a" and bool({"button", "quiet"} & set(classes))
        css, style = self._look(tag, "quiet" if "quiet" in classes else (classes or [""])[0])
        more = "".join(f' {name}="{escape(value or "")}"' for name, value in given.items())
        css = f' class="{css}"' if css else ""
        style = f' style="{style}"' if style else ""
        self.out.append(f"<{tag}{css}{more}{style}>")
        if tag == "a":
            self.links.append(is_button)
            self.out.append(OUTLOOK[0] if is_button else "")
        return None

    def handle_endtag(self, tag):
        if tag == "div":
            self.out.append("</td></tr></table>" if self.boxes.pop() else "</div>")
        elif tag not in VOID:
            if tag == "a" and self.links.pop():
                self.out.append(OUTLOOK[1])
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

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.text, self.lead, self.href = [], "", "", ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in self.BLOCKS:
            self.end_block(gap=tag != "li")
            self.lead = {"li": "- ", "blockquote": "> "}.get(tag, "")
        elif tag == "br":
            self.end_block(gap=False)
        elif tag == "hr":
            self.end_block()
        elif tag == "a":
            if {"button", "quiet"} & set((given.get("class") or "").split()):
                self.end_block(gap=False)
            self.href = given.get("href") or ""

    def handle_endtag(self, tag):
        if tag == "a" and self.href:
            self.text = f"{self.text.rstrip()}: {self.href} "
            self.href = ""
        elif tag in self.BLOCKS:
            self.end_block(gap=tag != "li")

    def handle_data(self, data):
        self.text += data

    def end_block(self, gap=True):
        """Write down what was said so far, with an empty line behind it if there is a gap."""
        said = " ".join(self.text.split())
        if said:
            lead = self.lead
            self.lines += wrap(
                said, 76, initial_indent=lead, subsequent_indent="> " if lead == "> " else " " * len(lead),
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
            self.lead = ""
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")
        self.text = ""
