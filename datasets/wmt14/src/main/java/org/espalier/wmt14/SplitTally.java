package org.espalier.wmt14;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the pairs of a split: those read are those kept and those dropped.
 *
 * @param rows that were written
 * @param slots places for subwords in these rows, both sides together
 * @param kept what the rows hold
 * @param dropped by reason, in the order of the reasons' names
 */
public record SplitTally(long rows, long slots, Amount kept, SortedMap<String, Amount> dropped)
    implements Serializable {
  /** Of nothing. */
  static final SplitTally NONE = new SplitTally(0, 0, Amount.NONE, new TreeMap<>());

  /** A tally of its own. */
  public SplitTally {
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
  }

  SplitTally plus(SplitTally more) {
    TreeMap<String, Amount> all = new TreeMap<>(dropped);
    more.dropped.forEach((reason, amount) -> all.merge(reason, amount, Amount::plus));
    return new SplitTally(rows + more.rows, slots + more.slots, kept.plus(more.kept), all);
  }

  /** What was read. */
  public Amount read() {
    return dropped.values().stream().reduce(kept, Amount::plus);
  }

  /** The share of the rows' places, in [0, 1], that no subword takes. */
  public double padding() {
    return slots == 0 ? 0 : 1 - (double) kept.subwords() / slots;
  }
}
