package org.espalier.averaging.exchange;

import java.nio.FloatBuffer;
import java.util.List;
import org.espalier.engine.replica.RunningMoments;

/**
 * Merges the running moments in two means of one shard: shares p and q of all examples with means m
 * and n and variances v and w have the mean {@code p m + q n} and the variance {@code p v + q w + p
 * q (m - n)^2} (Chan et al. 1979).
 */
final class MomentMeans {
  private final List<RunningMoments> moments;
  private final double[][] spreads;

  /**
   * @param bits the entries that are handed in, all of the moments among them
   * @param entries where the moments are in the shard
   */
  MomentMeans(ShardBits bits, List<RunningMoments> entries) {
    this.moments =
        entries.stream()
            .map(
                each ->
                    new RunningMoments(
                        bits.rank(each.mean()),
                        bits.rank(each.spread()),
                        each.channels(),
                        each.form()))
            .toList();
    this.spreads =
        moments.stream().map(each -> new double[each.channels()]).toArray(double[][]::new);
  }

  /** Works out the merged spreads, before the means are. */
  void prepare(FloatBuffer one, double share, FloatBuffer other, double otherShare) {
    for (int i = 0; i < spreads.length; i++) {
      RunningMoments each = moments.get(i);
      for (int channel = 0; channel < spreads[i].length; channel++) {
        double difference =
            (double) one.get(each.mean() + channel) - other.get(each.mean() + channel);
        double within =
            share * each.form().variance(one.get(each.spread() + channel))
                + otherShare * each.form().variance(other.get(each.spread() + channel));
        spreads[i][channel] =
            each.form().spread(within + share * otherShare * difference * difference);
      }
    }
  }

  /** Puts the merged spreads in the place of their means. */
  void replace(FloatBuffer merged) {
    for (int i = 0; i < spreads.length; i++) {
      for (int channel = 0; channel < spreads[i].length; channel++) {
        merged.put(moments.get(i).spread() + channel, (float) spreads[i][channel]);
      }
    }
  }
}
