"""The grammar of commitments and positions, tried only around the verbs that can make them."""
