"""One adapter per way of being called."""
