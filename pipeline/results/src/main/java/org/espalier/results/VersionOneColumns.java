package org.espalier.results;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.Type;
import org.espalier.base.Metric;

/** Version 1: accuracy and loss (mean cross-entropy) have a column each, and a run has one part. */
final class VersionOneColumns implements VersionColumns {

  @Override
  public String label() {
    return "1";
  }

  @Override
  public List<Type> types() {
    return List.of(
        ColumnTypes.optional(DOUBLE, "accuracy"),
        ColumnTypes.optional(DOUBLE, "loss"),
        ColumnTypes.text("code_version"),
        ColumnTypes.text("platform"),
        ColumnTypes.text("java_version"),
        ColumnTypes.text("spark_version"),
        ColumnTypes.text("dl4j_version"),
        ColumnTypes.timestamp("started_at"),
        ColumnTypes.required(DOUBLE, "seconds"),
        ColumnTypes.text("master"),
        ColumnTypes.required(INT32, "executors"));
  }

  @Override
  public Metric leading(Columns row) {
    return Metric.ACCURACY;
  }

  @Override
  public Map<Metric, Double> metrics(Columns row) {
    Map<Metric, Double> metrics = new HashMap<>();
    row.optionalNumber("accuracy").ifPresent(value -> metrics.put(Metric.ACCURACY, value));
    row.optionalNumber("loss").ifPresent(value -> metrics.put(Metric.CROSS_ENTROPY, value));
    return metrics;
  }

  @Override
  public List<RunPart> parts(Columns row) {
    long lastStep = row.optionalWholeNumber("diverged_at_step").orElse(row.wholeNumber("steps"));
    return List.of(VersionTwoColumns.part(row, 0, lastStep));
  }
}
