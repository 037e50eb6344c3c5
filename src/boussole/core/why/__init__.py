"""Why a MEDOC stands where it stands, and how sure its place is."""
