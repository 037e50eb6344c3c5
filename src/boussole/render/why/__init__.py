"""Why a MEDOC stands where it stands, said."""
