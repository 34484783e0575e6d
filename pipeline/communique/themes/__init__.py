"""What tells a clause's themes: words and names that speak for them, and what the clause is done to."""
