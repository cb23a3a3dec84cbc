"""How the encoder learned: its texts, the training, and what the training is worth."""
