package org.espalier.jobs.bench.sparse;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.espalier.dl4jspark.bench.Medians;

/** The median of what turns gave, and the range of it. */
record Spread(double median, double lowest, double highest) {
  static Spread of(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    double[] values = turns.stream().mapToDouble(figure).sorted().toArray();
    return new Spread(Medians.of(Arrays.stream(values)), values[0], values[values.length - 1]);
  }

  /** All of it by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("median", median);
    values.put("lowest", lowest);
    values.put("highest", highest);
    return values;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, lowest, highest);
  }
}
