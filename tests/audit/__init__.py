"""`guichet audit`: that its states are all there, that its instruments see, that its reports hold."""
