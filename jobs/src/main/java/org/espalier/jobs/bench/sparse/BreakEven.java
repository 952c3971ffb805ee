package org.espalier.jobs.bench.sparse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The sparsity from which a layer over its kept weights is as fast as the dense kernels.
 *
 * @param where that is, seen from the sparsity
 */
record BreakEven(Where where, double sparsity) {
  /** Which side of a sparsity. */
  enum Where {
    /** Between measured sparsities. */
    AT,
    /** Below all that were measured. */
    BELOW,
    /** Above all that were measured, or nowhere. */
    ABOVE
  }

  /**
   * The last crossing, between measured sparsities by interpolation: the time over kept weights is
   * about linear in their number.
   *
   * @param figures of one layer, at least one, by rising sparsity
   */
  static BreakEven of(List<LayerFigures> figures, Function<Turn, PassTimes> way) {
    int faster = figures.size();
    while (faster > 0 && share(figures.get(faster - 1), way) <= 1) {
      faster--;
    }
    if (faster == 0) {
      return new BreakEven(Where.BELOW, figures.get(0).sparsity());
    }
    LayerFigures before = figures.get(faster - 1);
    if (faster == figures.size()) {
      return new BreakEven(Where.ABOVE, before.sparsity());
    }
    LayerFigures after = figures.get(faster);
    double above = share(before, way) - 1;
    double fall = share(before, way) - share(after, way);
    return new BreakEven(
        Where.AT, before.sparsity() + (after.sparsity() - before.sparsity()) * above / fall);
  }

  /** All of it by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("where", where.name().toLowerCase(Locale.ROOT));
    values.put("sparsity", sparsity);
    return values;
  }

  @Override
  public String toString() {
    String number = String.format(Locale.ROOT, "%.2f", sparsity);
    return where == Where.AT ? number : where.name().toLowerCase(Locale.ROOT) + " " + number;
  }

  /** The time over the kept weights as a share of the dense kernels'. */
  private static double share(LayerFigures figures, Function<Turn, PassTimes> way) {
    return 1 / figures.ratio(way, PassTimes::both).median();
  }
}
