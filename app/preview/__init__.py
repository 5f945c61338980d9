"""What an author sees while writing: the real service on this machine, beside a panel that explains it."""
