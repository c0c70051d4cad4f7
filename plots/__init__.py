"""Draws the report page of a grading, the page of a class, and the pictures in them.

It reads what the grader wrote: result.json, and for a class also class.json. It grades nothing.
"""
