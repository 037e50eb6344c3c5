"""The room: everybody answers on a phone, the result on the projector, no internet; nothing of the engine."""
