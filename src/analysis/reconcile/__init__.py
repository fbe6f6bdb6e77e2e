"""From figures to facts: releases, observations, measures, checks, receipts, and the tables that hold them."""
