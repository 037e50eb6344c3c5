"""Every situation a compass leads to, counted cell by cell."""
