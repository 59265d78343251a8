"""Tools of the book: what builds it and checks it, and is not shipped."""
