"""Pages of an appraisal, one file a topic."""
