"""Pages of a session over http: who may ask, what each address does, and the server."""
