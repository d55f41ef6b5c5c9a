"""What screens are made of; knows no service, pack or file."""
