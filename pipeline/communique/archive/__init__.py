"""Many statements: from files, folders and tables to one dataset, by many workers, whatever interrupts them."""
