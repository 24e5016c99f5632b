"""What the local Zoom does when it is called, one module for each resource."""
