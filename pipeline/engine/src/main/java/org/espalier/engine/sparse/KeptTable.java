package org.espalier.engine.sparse;

import java.util.Arrays;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.TablePasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;

/**
 * The kept weights of a table `[tokens, width]`, looked up by rows. Deterministic: rows are taken
 * in order. Used by one thread at a time.
 */
public final class KeptTable {
  private final KeptWeights kept;
  private final int width;
  private final int rows;
  private final int[] starts;
  private final float[] row;
  private final float[] entries;

  /**
   * Where the rows of a table begin among its kept weights.
   *
   * @param starts `[tokens + 1]`
   */
  private record Structure(int[] starts) {}

  /** Rows of a length. */
  private record Shape(int width) {}

  /** The kept weights of a table of rows of {@code width}. */
  public KeptTable(KeptWeights kept, int width) {
    this.kept = kept;
    this.width = width;
    this.rows = kept.length() / width;
    this.starts =
        kept.structure(new Shape(width), Structure.class, shape -> structure(kept, shape.width()))
            .starts();
    this.row = new float[width];
    this.entries = new float[width];
  }

  private static Structure structure(KeptWeights kept, int width) {
    int[] starts = new int[kept.length() / width + 1];
    for (int e = 0; e < kept.count(); e++) {
      starts[kept.index(e) / width + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return new Structure(starts);
  }

  /** Whether it is of these weights, in rows of a length. */
  public boolean isOf(KeptWeights others, int length) {
    return kept == others && width == length;
  }

  /**
   * The rows of some tokens, zero where weights are masked.
   *
   * @param values of the kept weights, in flat order
   * @param tokens `[occurrences]`
   * @param to `[occurrences, width]`
   */
  public void gather(Values values, Values tokens, Values to) {
    for (int i = 0; i < tokens.length(); i++) {
      int token = TablePasses.requireToken(tokens.get(i), rows);
      int first = starts[token];
      int count = starts[token + 1] - first;
      FloatValues.require(values).read(first, entries, count);
      Arrays.fill(row, 0f);
      for (int e = 0; e < count; e++) {
        row[kept.index(first + e) - token * width] = entries[e];
      }
      FloatValues.require(to).write(i * width, row, width);
    }
  }

  /**
   * Adds to the gradients of kept weights, one occurrence after the other.
   *
   * @param delta gradient of the rows, `[occurrences, width]`
   * @param gradients of the kept weights, in flat order
   */
  public void scatter(Values delta, Values tokens, Values gradients) {
    FloatValues target = FloatValues.require(gradients);
    for (int i = 0; i < tokens.length(); i++) {
      int token = TablePasses.requireToken(tokens.get(i), rows);
      int first = starts[token];
      int count = starts[token + 1] - first;
      target.read(first, entries, count);
      FloatValues.require(delta).read(i * width, row, width);
      for (int e = 0; e < count; e++) {
        entries[e] += row[kept.index(first + e) - token * width];
      }
      target.write(first, entries, count);
    }
  }
}
