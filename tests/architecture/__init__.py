"""What the shape of the code must be; each check is itself shown a bad example."""
