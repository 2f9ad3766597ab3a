"""Several rows as one value: what a page says about them comes with its first question instead of with one more."""

from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField


class SomJson(Aggregate):
    """A JSON list of the rows' values, as text; None where there are no rows."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **mere: Any) -> Any:
        return self.as_sql(compiler, connection, template="json_group_array(%(expressions)s)", **mere)

    def as_postgresql(self, compiler: Any, connection: Any, **mere: Any) -> Any:
        return self.as_sql(compiler, connection, template="json_agg(%(expressions)s)::text", **mere)


def samlet(raekker: QuerySet, udtryk: Any) -> Subquery:
    """`udtryk` of the rows whose `aftale` is the agreement in the question."""
    grupper = raekker.filter(aftale=OuterRef("pk")).order_by().values("aftale")
    return Subquery(grupper.annotate(samlet=SomJson(udtryk)).values("samlet"))
