"""The base and what is due -> one foreign format a module, each a pure function from records to text or bytes."""
