"""What every page must be: read as a browser reads it, and refused with all its problems at once."""
