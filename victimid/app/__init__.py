"""Use cases of the program, for both front ends; knows no widgets."""
