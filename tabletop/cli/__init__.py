"""The command line: one module for each verb, and the only writer of output."""
