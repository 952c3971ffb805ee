package org.espalier.averaging.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.espalier.engine.replica.FlatVector;

/**
 * The slices of one run that land in this process: those of the round that is being summed, and
 * those of the round before it, which the next one starts from. Thread-safe.
 */
final class Landing {
  /** One try at one round. */
  private static final class Generation {
    private final RoundKey key;
    private final Map<Integer, SliceSum> sums = new ConcurrentHashMap<>();

    Generation(RoundKey key) {
      this.key = key;
    }
  }

  private Generation before;
  private Generation current;

  /**
   * Adds a contribution.
   *
   * @throws LostSlices if it is out of date
   */
  void add(Contribution contribution) {
    int slice = contribution.heading().slice();
    Generation generation = generation(contribution.heading().key());
    generation
        .sums
        .computeIfAbsent(slice, s -> new SliceSum(s, () -> before(generation.key, s)))
        .add(contribution);
  }

  private synchronized Generation generation(RoundKey key) {
    if (current == null || key.isAfter(current.key)) {
      if (current != null && current.key.round() < key.round()) {
        before = current;
      }
      current = new Generation(key);
    }
    if (!current.key.equals(key)) {
      throw new LostSlices("Cannot add to %s: %s has begun".formatted(key, current.key));
    }
    return current;
  }

  /** The mean of a slice that the round before began with, in a run that went on here. */
  private synchronized FlatVector before(RoundKey key, int slice) {
    if (before == null || before.key.round() != key.round() - 1) {
      throw new LostSlices(
          "Cannot complete slice %d of %s: the round before did not land here"
              .formatted(slice, key));
    }
    return mean(before, slice);
  }

  /**
   * The mean of a slice.
   *
   * @throws LostSlices if it is not, or no longer, here
   */
  synchronized FlatVector mean(RoundKey key, int slice) {
    if (current != null && current.key.equals(key)) {
      return mean(current, slice);
    }
    if (before != null && before.key.equals(key)) {
      return mean(before, slice);
    }
    throw new LostSlices("Cannot find slice %d of %s: it did not land here".formatted(slice, key));
  }

  private static FlatVector mean(Generation generation, int slice) {
    SliceSum sum = generation.sums.get(slice);
    if (sum == null) {
      throw new LostSlices(
          "Cannot find slice %d of %s: nothing of it landed here".formatted(slice, generation.key));
    }
    return sum.mean()
        .orElseThrow(
            () ->
                new LostSlices(
                    "Cannot find slice %d of %s: not every worker has handed it in"
                        .formatted(slice, generation.key)));
  }
}
