"""Transmissions and Markdown in, a static knowledge base out."""

__version__ = "0.1.0"
