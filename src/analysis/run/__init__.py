"""Who does it when: parameters, notebooks run by papermill, locks and records, and the way from articles to reports."""
