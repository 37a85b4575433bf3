"""What the tabular recipes share: read a table, try model families, write an ONNX model that says what it takes."""
