"""Every answer followed: the states of an interview, its outcomes, what conditions can hold."""
