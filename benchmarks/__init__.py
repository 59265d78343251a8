"""Measurements: each script writes what it found to benchmarks/results."""
