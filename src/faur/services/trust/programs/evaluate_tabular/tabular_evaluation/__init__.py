"""The built-in evaluator of tabular models: every figure with its interval, its method and its source."""
