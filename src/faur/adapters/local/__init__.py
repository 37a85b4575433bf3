"""The local executor: a real scheduler for one machine, whose jobs outlive the factory that started them."""
