package org.espalier.averaging.gradients;

import java.nio.FloatBuffer;
import java.util.List;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.replica.RunningMoments;

/**
 * Merges the running moments in two means of one shard: shares p and q of all examples with means m
 * and n and variances v and w have the mean {@code p m + q n} and the variance {@code p v + q w + p
 * q (m - n)^2} (Chan et al. 1979).
 */
final class MomentMeans {
  private final List<RunningMoments> moments;

  /**
   * @param bits the entries that are handed in, all of the moments among them
   * @param entries where the moments are in the shard
   */
  MomentMeans(ShardBits bits, List<RunningMoments> entries) {
    this.moments = bits.among(entries);
  }

  /**
   * Works out the spreads around the merged means.
   *
   * @param target where the merged means will be
   * @return puts them into the target; to be run when the means have been merged there
   */
  Runnable merged(FloatBuffer target, long weight, Pieces other, long otherWeight) {
    if (moments.isEmpty()) {
      return () -> {};
    }
    double all = (double) weight + otherWeight;
    double share = weight / all;
    double otherShare = otherWeight / all;
    List<float[]> spreads =
        moments.stream()
            .map(each -> merged(each, Pieces.of(target), share, other, otherShare))
            .toList();
    return () -> {
      for (int i = 0; i < spreads.size(); i++) {
        target.put(moments.get(i).spread(), spreads.get(i));
      }
    };
  }

  private static float[] merged(
      RunningMoments each, Pieces one, double share, Pieces other, double otherShare) {
    float[] mean = read(one, each.mean(), each.channels());
    float[] otherMean = read(other, each.mean(), each.channels());
    float[] spread = read(one, each.spread(), each.channels());
    float[] otherSpread = read(other, each.spread(), each.channels());
    float[] merged = new float[each.channels()];
    for (int channel = 0; channel < merged.length; channel++) {
      double difference = (double) mean[channel] - otherMean[channel];
      double within =
          share * each.form().variance(spread[channel])
              + otherShare * each.form().variance(otherSpread[channel]);
      double variance = within + share * otherShare * difference * difference;
      merged[channel] = (float) each.form().spread(variance);
    }
    return merged;
  }

  private static float[] read(Pieces from, int start, int count) {
    float[] values = new float[count];
    from.read(start, values, count);
    return values;
  }
}
