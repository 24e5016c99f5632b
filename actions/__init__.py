"""Handlers of the actions that need logic, one module per manifest."""
