"""Does the method keep its word? Simulated worlds, and what the product answers about them."""
