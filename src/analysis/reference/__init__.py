"""Reference tables that an analyst may edit: code book, measures, units, places, wording. Data, read by the floors above."""
