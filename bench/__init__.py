"""What a page costs: CPU of the server and bytes on the wire, beside two baselines measured in the same run."""
