"""The service as a browser meets it: whole requests on a real store."""
