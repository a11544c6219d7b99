"""Asking other servers: never one inside our own network, whatever name or redirect leads there."""

import ipaddress

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError

MOST_REDIRECTS = 3


def is_public(address):
    """True for an address on the open internet."""
    return ipaddress.ip_address(address.split("%")[0]).is_global


class _Guarded:
    """Looks at the address after connecting and before sending: a name that changes its mind is caught too."""

    def _new_conn(self):
        sock = super()._new_conn()
        if not (settings.DEBUG or settings.TESTING or is_public(sock.getpeername()[0])):
            sock.close()
            raise ConnectTimeoutError(self, "This address lies in a private network.")
        return sock


class _Connection(_Guarded, HTTPConnection):
    pass


class _SafeConnection(_Guarded, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        self.poolmanager = PoolManager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SafePool}


def session(seconds=10):
    """A requests session that refuses private addresses, and waits so many seconds at most."""
    asking = requests.Session()
    asking.trust_env = False  # a proxy of the environment would do the connecting, unguarded
    asking.max_redirects = MOST_REDIRECTS
    asking.mount("https://", _Adapter())
    asking.mount("http://", _Adapter())
    ask = asking.request
    asking.request = lambda *args, **kwargs: ask(*args, **{"timeout": seconds} | kwargs)
    return asking
