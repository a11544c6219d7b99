"""Figures that can be followed over time: `make bench` prints one `name value unit` a line."""
