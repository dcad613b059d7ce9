"""Webhooks: other systems of the court are told of changes of level out of the outbox."""
