"""Signing in at Zoom, and grants that stay alive."""
