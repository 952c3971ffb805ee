package org.espalier.results;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;

import java.util.ArrayList;
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
    List<Type> types = new ArrayList<>(PartColumns.types());
    types.add(ColumnTypes.optional(DOUBLE, "accuracy"));
    types.add(ColumnTypes.optional(DOUBLE, "loss"));
    return types;
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
    return List.of(PartColumns.read(row, 0, lastStep));
  }
}
