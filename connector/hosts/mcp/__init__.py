"""The MCP server, `zoom-connector mcp`: actions as tools for agents.

The Model Context Protocol: https://modelcontextprotocol.io/specification/
"""
