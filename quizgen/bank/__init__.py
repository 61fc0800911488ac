"""Text to bank and back."""
