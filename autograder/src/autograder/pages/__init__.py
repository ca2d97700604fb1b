"""The pages that people read: a student's feedback and the instructor's summary, each one file without script."""
