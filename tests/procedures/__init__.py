"""The real procedures, against the facts they rest on."""
