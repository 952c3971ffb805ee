package org.espalier.results;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.Type;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;

/** Version 2: a list of metrics, one of which leads, and a list of the run's parts. */
final class VersionTwoColumns implements VersionColumns {

  @Override
  public String label() {
    return "2";
  }

  @Override
  public List<Type> types() {
    return List.of(
        ColumnTypes.text("leading_metric"),
        // Derived from the list of metrics, for people who query the file.
        ColumnTypes.optional(DOUBLE, "leading_value"),
        ColumnTypes.list(
            "metrics",
            ColumnTypes.text("name"),
            ColumnTypes.text("unit"),
            ColumnTypes.text("direction"),
            ColumnTypes.optional(DOUBLE, "value")),
        // Derived from the list of parts.
        ColumnTypes.optional(DOUBLE, "seconds"),
        ColumnTypes.list("parts", part().toArray(Type[]::new)));
  }

  @Override
  public Metric leading(Columns row) {
    String name = row.text("leading_metric");
    return row.list("metrics").stream()
        .map(VersionTwoColumns::metric)
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the leading metric '" + name + "' is not in the column metrics"));
  }

  @Override
  public Map<Metric, Double> metrics(Columns row) {
    Map<Metric, Double> metrics = new HashMap<>();
    for (Columns entry : row.list("metrics")) {
      entry.optionalNumber("value").ifPresent(value -> metrics.put(metric(entry), value));
    }
    return metrics;
  }

  @Override
  public List<RunPart> parts(Columns row) {
    return row.list("parts").stream()
        .map(
            part ->
                PartColumns.read(
                    part, part.wholeNumber("first_step"), part.wholeNumber("last_step")))
        .toList();
  }

  private static List<Type> part() {
    List<Type> types = new ArrayList<>(PartColumns.types());
    types.add(ColumnTypes.required(INT64, "first_step"));
    types.add(ColumnTypes.required(INT64, "last_step"));
    return types;
  }

  private static Metric metric(Columns entry) {
    return new Metric(
        entry.text("name"), entry.text("unit"), Direction.labelled(entry.text("direction")));
  }
}
