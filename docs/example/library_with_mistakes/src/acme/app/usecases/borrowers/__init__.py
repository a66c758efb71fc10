"""What borrowers do."""
