package org.espalier.averaging.shards;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.averaging.exchange.MessageLength;
import org.espalier.engine.replica.RunningMoments;
import org.espalier.engine.replica.VectorLayout;

/**
 * The cut of a vector into contiguous shards, of which owners take turns. It never shows in the
 * result: every value is summed in worker order whichever shard it is in.
 */
public final class ShardLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Values of a shard that are sent, and summed, at a time; more only where moments need it. */
  private static final int USUAL = 1 << 20;

  /** Values of a shard that are not worth a thread of their own. */
  private static final int SHORT = 1 << 15;

  private final int[] starts;

  private ShardLayout(int[] starts) {
    this.starts = starts;
  }

  /**
   * At least one shard for each of {@code owners} where the vector is long enough. AllGather and
   * spreads of one layer's running moments stay in one shard.
   */
  public static ShardLayout of(VectorLayout vector, int owners) {
    int length = vector.length();
    return of(
        vector, length, Math.max(Math.min(length, owners), Math.floorDiv(length - 1, USUAL) + 1));
  }

  /**
   * The cut of a vector's parameters alone, into equally many shards for each of {@code owners}
   * where there are enough of them, and one at least for each of {@code tasks} where they are not
   * short.
   */
  public static ShardLayout ofParameters(VectorLayout vector, int owners, int tasks) {
    int length = vector.parameters();
    int fine = Math.min(tasks, length / SHORT);
    int each = Math.max(shares(length, USUAL * owners), shares(fine, owners));
    return of(vector, length, Math.min(length, owners * each));
  }

  private static int shares(int whole, int part) {
    return Math.floorDiv(whole - 1, part) + 1;
  }

  private static ShardLayout of(VectorLayout vector, int length, int shards) {
    int[] starts = new int[shards + 1];
    for (int shard = 1; shard < shards; shard++) {
      starts[shard] = besides(vector.moments(), (int) ((long) length * shard / shards));
    }
    starts[shards] = length;
    return new ShardLayout(Arrays.stream(starts).distinct().toArray());
  }

  private static int besides(List<RunningMoments> moments, int cut) {
    for (RunningMoments each : moments) {
      if (cut > each.start() && cut < each.end()) {
        return each.start();
      }
    }
    return cut;
  }

  /** The running moments in a shard, counted from its start. */
  public List<RunningMoments> moments(VectorLayout vector, int shard) {
    return vector.moments().stream()
        .filter(each -> each.start() >= starts[shard] && each.end() <= starts[shard + 1])
        .map(each -> each.from(starts[shard]))
        .toList();
  }

  /** Length of the encoded form. */
  public int bytes() {
    return (1 + starts.length) * Integer.BYTES;
  }

  /** Writes this in {@link #bytes()} bytes. */
  public void write(ByteBuffer out) {
    out.putInt(starts.length);
    for (int start : starts) {
      out.putInt(start);
    }
  }

  /** The layout that a message goes on with. */
  public static ShardLayout read(ByteBuffer in) {
    int[] starts = new int[MessageLength.read(in, Integer.BYTES)];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = in.getInt();
    }
    return new ShardLayout(starts);
  }

  /** Number of shards. */
  public int shards() {
    return starts.length - 1;
  }

  /** Number of values of the vector. */
  public int length() {
    return starts[starts.length - 1];
  }

  /** First value of a shard. */
  public int start(int shard) {
    return starts[shard];
  }

  /** Number of values in the longest shard. */
  public int longest() {
    return IntStream.range(0, shards()).map(this::size).max().orElse(0);
  }

  /** Number of values in a shard. */
  public int size(int shard) {
    return starts[shard + 1] - starts[shard];
  }
}
