"""Where student code runs, and the only wire that leads there: frames of plain data over one socket."""
