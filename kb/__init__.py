"""An offline knowledge base of policy documents: provisions, action items, list standards, each with its words."""

__version__ = "0.1.0"
