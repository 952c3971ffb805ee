package org.espalier.engine.kernel.maps;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.espalier.engine.kernel.FloatValues;

/** The places of a channel that belong to no pixel. Immutable. */
final class Gaps {
  private final MapLayout layout;
  private final int[] first;
  private final int[] end;
  private final float[] zeros;

  Gaps(MapLayout layout) {
    this.layout = layout;
    BitSet pixels = new BitSet(layout.channelLength());
    for (int row = 0; row < layout.height(); row++) {
      for (int column = 0; column < layout.width(); column++) {
        int place = layout.place(row, column);
        pixels.set(place, place + layout.images());
      }
    }
    List<int[]> gaps = new ArrayList<>();
    int at = pixels.nextClearBit(0);
    int longest = 0;
    while (at < layout.channelLength()) {
      int next = pixels.nextSetBit(at);
      int stop = next < 0 ? layout.channelLength() : next;
      gaps.add(new int[] {at, stop});
      longest = Math.max(longest, stop - at);
      at = pixels.nextClearBit(stop);
    }
    this.first = gaps.stream().mapToInt(gap -> gap[0]).toArray();
    this.end = gaps.stream().mapToInt(gap -> gap[1]).toArray();
    this.zeros = new float[longest];
  }

  /** Sets what belongs to no pixel to zero. */
  void clear(FloatValues maps, int channel) {
    int from = channel * layout.channelLength();
    for (int i = 0; i < first.length; i++) {
      maps.write(from + first[i], zeros, end[i] - first[i]);
    }
  }
}
