"""Publishing executed notebooks so that everyone can read them; knows documents, nothing of surveys."""
