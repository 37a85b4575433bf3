"""From here on the database itself refuses to change or remove what is written in the record."""

from django.db import migrations

from faur.kernel.record.triggers import allow_changes, refuse_changes


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
