"""Boussole: a short questionnaire turns a catalogue of proven resources into my ranked list and my path."""
