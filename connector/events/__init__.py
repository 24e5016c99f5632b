"""What happens at Zoom: taken in, found by asking, and handed to whoever wants to know."""
