"""What every picture is made of: letters, lines and places."""
