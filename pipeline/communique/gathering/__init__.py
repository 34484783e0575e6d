"""What a statement says of the meeting that it is about: series, days, place, who led, who took part, what is next."""
