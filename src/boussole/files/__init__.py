"""Definition and answers files in and out, and where definitions are found."""
