"""Answers already given, kept for a day, each sealed with a key that only the caller's own header gives."""

from typing import ClassVar

from django.db import models

from faur.kernel import clock


class Answer(models.Model):
    """One answer under one key of one caller. The body is encrypted: it may hold a secret that is shown once."""

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    content_type = models.CharField(max_length=100, default="")
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["caller", "key"], name="answer_once")]

    def __str__(self) -> str:
        return self.key
