"""The stretches of the road: one folder a service of the factory, all of the same inner shape."""
