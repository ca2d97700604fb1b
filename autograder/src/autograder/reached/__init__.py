"""What the course reaches: minutes, accuracy and error of each exercise, as they were measured."""
