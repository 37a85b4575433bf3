"""The library of algorithms: versioned, parameterised, runnable recipes."""
