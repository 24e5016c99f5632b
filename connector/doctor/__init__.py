"""The doctor: looks at everything that a connection needs, in the order in which things break, and changes nothing."""
