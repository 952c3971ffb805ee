package org.espalier.averaging.exchange;

import java.util.List;
import org.espalier.engine.replica.RunningMoments;
import org.espalier.engine.replica.VectorLayout;

/**
 * How one try at a round is cut, and where the slices land.
 *
 * @param key the try
 * @param layout the slices
 * @param landings slice s lands at landing {@code s mod size}
 * @param workers number of workers W
 * @param source where the vector comes from that the round begins with
 * @param vector how its values belong together
 * @param travelling the entries that can differ between workers
 */
public record RoundCut(
    RoundKey key,
    SliceLayout layout,
    List<Address> landings,
    int workers,
    Source source,
    VectorLayout vector,
    TravellingEntries travelling) {
  /** Where a round's vector comes from. */
  public enum Source {
    /** The driver: landings know nothing of the round before. */
    DRIVER,
    /** The landings, which are those of the round before. */
    LANDINGS
  }

  Address landing(int slice) {
    return landings.get(slice % landings.size());
  }

  SliceBits bits(int slice) {
    int size = layout.size(slice);
    return new SliceBits(travelling.slice(layout.start(slice), size), size);
  }

  List<RunningMoments> moments(int slice) {
    int start = layout.start(slice);
    int end = start + layout.size(slice);
    return vector.moments().stream()
        .filter(each -> each.start() >= start && each.end() <= end)
        .map(each -> each.from(start))
        .toList();
  }
}
