"""Files as people and attackers send them, made on the spot: what becomes of each, and what is said."""
