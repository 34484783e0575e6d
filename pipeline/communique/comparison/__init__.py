"""Many records of one series: what each edition brought, kept and let fall, with the words that say so."""
