"""The web server, `zoom-connector serve`: where Zoom brings events, and browsers come back from signing in."""
