"""A writer without a browser: a document of her own, and what she sends of it."""

import base64
import json
import uuid

from pycrdt import Doc

from lessonstudy import documents


class Writer:
    """Somebody who has the plan open, as the script of the page has it."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan
        self.address = f"/lessonstudy/{plan.cycle_id}/plan/{plan.number}/"
        self.document, self.last = Doc(), 0
        self.pull()

    def pull(self):
        """Fetch what is new."""
        return self.take(self.client.get(f"{self.address}pull/?since={self.last}"))

    def take(self, answer):
        news = answer.json()
        if answer.status_code == 200:
            if news["update"]:
                documents.apply(self.document, base64.b64decode(news["update"]))
            self.last = news["last"]
        return news

    def change(self, deed):
        """Do something to her own document: (key, change)."""
        return {"key": str(uuid.uuid4()), "update": base64.b64encode(documents.change(self.document, deed)).decode()}

    def write(self, uid, **texts):
        return self.change(lambda document: documents.write(document, uid, texts))

    def push(self, *changes, **more):
        """Send changes; the answer."""
        told = {"visitor": "page-1", "since": self.last, "changes": list(changes)} | more
        return self.client.post(f"{self.address}push/", json.dumps(told), content_type="application/json")

    def text(self, uid, field):
        parts, gone = documents.read(self.document)
        return next(part for part in parts + gone if str(part.uid) == str(uid)).texts[field]
