package org.espalier.engine.backbone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.kernel.Values;

/**
 * The memory of a backbone's gradients. Who needs it when is worked out once per plan, by taking
 * and giving back slots; there is memory behind them from the first backward pass on.
 */
final class GradientMemory {
  static final int NONE = -1;

  private final Values like;
  private final List<Integer> lengths = new ArrayList<>();
  private final List<Integer> free = new ArrayList<>();
  private final List<Values> slots = new ArrayList<>();
  private final List<Map<Integer, Values>> parts = new ArrayList<>();

  /**
   * @param like values of the type of the gradients
   */
  GradientMemory(Values like) {
    this.like = like;
  }

  /**
   * A slot of at least so many values: the shortest free one that is long enough, else a new one.
   */
  int take(int length) {
    int best = NONE;
    for (int slot : free) {
      boolean fits = lengths.get(slot) >= length;
      if (fits && (best == NONE || lengths.get(slot) < lengths.get(best))) {
        best = slot;
      }
    }
    if (best == NONE && !free.isEmpty()) {
      best = longest();
      lengths.set(best, length);
    }
    if (best == NONE) {
      best = lengths.size();
      lengths.add(length);
    } else {
      free.remove((Integer) best);
    }
    return best;
  }

  private int longest() {
    return free.stream().max((a, b) -> lengths.get(a) - lengths.get(b)).orElseThrow();
  }

  void giveBack(int slot) {
    free.add(slot);
  }

  /** Number of values of all slots. */
  long length() {
    return lengths.stream().mapToLong(Integer::longValue).sum();
  }

  /** The first values of a slot. */
  Values values(int slot, int length) {
    while (slots.size() < lengths.size()) {
      slots.add(like.sameType(lengths.get(slots.size())));
      parts.add(new HashMap<>());
    }
    return parts.get(slot).computeIfAbsent(length, count -> slots.get(slot).part(0, count));
  }

  void release() {
    slots.forEach(Values::release);
  }
}
