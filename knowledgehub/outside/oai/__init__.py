"""The library as others harvest it: OAI-PMH 2.0 (http://www.openarchives.org/OAI/openarchivesprotocol.html)."""
