"""Handlers of the triggers that need logic, one module per manifest."""
