// A misspelt name: not taken, and said to be.
