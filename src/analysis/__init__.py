"""Reported Figures: articles that report figures, turned into a briefing that can be defended."""
