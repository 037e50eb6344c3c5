"""The engine: definitions, answers, situation, ranking, reasons, pathway. Pure functions of immutable values."""
