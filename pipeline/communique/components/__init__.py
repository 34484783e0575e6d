"""spaCy components, in the order that text meets them."""
