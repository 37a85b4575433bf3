"""ONNX Runtime as an engine: a worker process that answers the Open Inference Protocol v2, and its keeper."""
