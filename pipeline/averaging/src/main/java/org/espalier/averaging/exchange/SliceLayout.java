package org.espalier.averaging.exchange;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.engine.replica.RunningMoments;
import org.espalier.engine.replica.VectorLayout;

/**
 * How a vector is cut into contiguous slices, which landings take turns at. The cut never shows in
 * the result: every value is summed in worker order whichever slice it is in.
 */
public final class SliceLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Values of a slice that are sent, and summed, at a time; more only where moments need it. */
  private static final int USUAL = 1 << 20;

  private final int[] starts;

  private SliceLayout(int[] starts) {
    this.starts = starts;
  }

  /**
   * At least one slice for each of {@code landings} where the vector is long enough. Means and
   * spreads of one layer's running moments stay in one slice.
   */
  public static SliceLayout of(VectorLayout vector, int landings) {
    int length = vector.length();
    int slices = Math.max(Math.min(length, landings), Math.floorDiv(length - 1, USUAL) + 1);
    int[] starts = new int[slices + 1];
    for (int slice = 1; slice < slices; slice++) {
      starts[slice] = besides(vector.moments(), (int) ((long) length * slice / slices));
    }
    starts[slices] = length;
    return new SliceLayout(Arrays.stream(starts).distinct().toArray());
  }

  private static int besides(List<RunningMoments> moments, int cut) {
    for (RunningMoments each : moments) {
      if (cut > each.start() && cut < each.end()) {
        return each.start();
      }
    }
    return cut;
  }

  /** Length of the encoded form. */
  int bytes() {
    return (1 + starts.length) * Integer.BYTES;
  }

  void write(ByteBuffer out) {
    out.putInt(starts.length);
    for (int start : starts) {
      out.putInt(start);
    }
  }

  static SliceLayout read(ByteBuffer in) {
    int[] starts = new int[in.getInt()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = in.getInt();
    }
    return new SliceLayout(starts);
  }

  /** Number of slices. */
  public int slices() {
    return starts.length - 1;
  }

  /** Number of values of the vector. */
  public int length() {
    return starts[starts.length - 1];
  }

  /** First value of a slice. */
  public int start(int slice) {
    return starts[slice];
  }

  /** Number of values in the longest slice. */
  int longest() {
    return IntStream.range(0, slices()).map(this::size).max().orElse(0);
  }

  /** Number of values in a slice. */
  public int size(int slice) {
    return starts[slice + 1] - starts[slice];
  }
}
