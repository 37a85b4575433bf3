"""From here on the database itself refuses to rewrite what is booked."""

from django.db import migrations

from faur.kernel.ledger.triggers import allow_rewriting, refuse_rewriting


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(refuse_rewriting, allow_rewriting)]
