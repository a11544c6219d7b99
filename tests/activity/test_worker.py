"""The whole way: a deed, the broker's hint, a worker of its own, a letter."""

import subprocess
import sys

import pytest

from tests import storm


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_there_at_once_without_any_tick(environment, mailserver, tmp_path):
    from tests.cast import cast

    command = [sys.executable, "-m", "celery", "-A", "plg_platform", "worker", "--pool=solo", "--without-mingle"]
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen(command, cwd=storm.BASE, env=environment, stdout=log, stderr=log)
    try:
        storm.letters(3, cast().maths)
        assert len(mailserver.wait_for(3, 90)) == 3
    finally:
        worker.terminate()
        worker.wait(30)
