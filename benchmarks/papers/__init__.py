"""What each paper says of its networks, beside what comes out on counting again."""
