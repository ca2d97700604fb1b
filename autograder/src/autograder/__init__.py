"""Tensor to Pulse: releases a course, grades what comes back in a sandbox, judges it from outside."""
