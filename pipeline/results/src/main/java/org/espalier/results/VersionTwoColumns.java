package org.espalier.results;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.time.Instant;
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
        ColumnTypes.list(
            "parts",
            ColumnTypes.text("code_version"),
            ColumnTypes.text("platform"),
            ColumnTypes.text("java_version"),
            ColumnTypes.text("spark_version"),
            ColumnTypes.text("dl4j_version"),
            ColumnTypes.timestamp("started_at"),
            ColumnTypes.required(DOUBLE, "seconds"),
            ColumnTypes.text("master"),
            ColumnTypes.required(INT32, "executors"),
            ColumnTypes.required(INT64, "first_step"),
            ColumnTypes.required(INT64, "last_step")));
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
        .map(part -> part(part, part.wholeNumber("first_step"), part.wholeNumber("last_step")))
        .toList();
  }

  /** A part, from the columns that say what did it. */
  static RunPart part(Columns part, long firstStep, long lastStep) {
    return new RunPart(
        part.text("code_version"),
        new Platform(
            part.text("platform"),
            part.text("java_version"),
            part.text("spark_version"),
            part.text("dl4j_version")),
        new Execution(
            Instant.ofEpochMilli(part.wholeNumber("started_at")),
            part.number("seconds"),
            part.text("master"),
            part.smallNumber("executors")),
        firstStep,
        lastStep);
  }

  private static Metric metric(Columns entry) {
    return new Metric(
        entry.text("name"), entry.text("unit"), Direction.labelled(entry.text("direction")));
  }
}
