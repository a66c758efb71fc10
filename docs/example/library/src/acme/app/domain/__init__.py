"""What the library knows, whoever asks and wherever it is stored."""
