"""Definition files read into core objects, and their references checked."""
