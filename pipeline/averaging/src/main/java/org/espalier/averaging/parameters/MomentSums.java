package org.espalier.averaging.parameters;

import java.nio.FloatBuffer;
import java.util.List;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.replica.RunningMoments;

/**
 * Merges the running moments of the workers in a shard: from n examples with mean m and variance v
 * each, the mean of all and the variance around it, {@code sum n (v + m^2) / sum n - mean^2}.
 */
final class MomentSums {
  private final List<RunningMoments> moments;
  private final double[][] squares;

  /** The moments of a shard, all of whose entries are among these. */
  MomentSums(ShardBits bits, List<RunningMoments> entries) {
    this.moments = bits.among(entries);
    this.squares = new double[moments.size()][];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = new double[moments.get(i).channels()];
    }
  }

  void add(FloatBuffer values, long weight) {
    for (int i = 0; i < squares.length; i++) {
      RunningMoments each = moments.get(i);
      for (int channel = 0; channel < squares[i].length; channel++) {
        double mean = values.get(each.mean() + channel);
        double variance = each.form().variance(values.get(each.spread() + channel));
        squares[i][channel] += weight * (variance + mean * mean);
      }
    }
  }

  /** Replaces the means of the spreads by those of all examples together. */
  void merge(double[] sums, long weight, FloatBuffer merged) {
    for (int i = 0; i < squares.length; i++) {
      RunningMoments each = moments.get(i);
      for (int channel = 0; channel < squares[i].length; channel++) {
        double mean = sums[each.mean() + channel] / weight;
        double variance = Math.max(0, squares[i][channel] / weight - mean * mean);
        merged.put(each.spread() + channel, (float) each.form().spread(variance));
      }
    }
  }
}
