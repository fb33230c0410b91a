"""Training data: public allegations about real firms, and one invented case, told apart."""
