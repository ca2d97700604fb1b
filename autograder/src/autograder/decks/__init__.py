"""The decks: built with Marp, looked at in Chromium, their code run, and shown in the lecturer's room."""

from autograder.decks.blocks import run_blocks
from autograder.decks.build import Built, build
from autograder.decks.complaint import Complaint
from autograder.decks.lint import lint
from autograder.decks.present import present
from autograder.decks.source import Deck, read_deck, slug_of, slugs_of

__all__ = ["Built", "Complaint", "Deck", "build", "lint", "present", "read_deck", "run_blocks", "slug_of", "slugs_of"]
