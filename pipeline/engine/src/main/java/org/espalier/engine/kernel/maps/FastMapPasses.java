package org.espalier.engine.kernel.maps;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.LaneMath;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/** {@link MapPasses} a channel at a time, on all threads of the team. */
final class FastMapPasses implements MapPasses {
  private final LaneMath math;
  private final Map<MapLayout, Gaps> gaps = new HashMap<>();
  private Scratch[] scratch = {};

  /** Passes in these lanes. */
  FastMapPasses(LaneMath math) {
    this.math = math;
  }

  /** Arrays of one thread. */
  private static final class Scratch {
    private static final int COUNT = 8;

    final float[][] arrays = new float[COUNT][0];

    float[] array(int number, int length) {
      if (arrays[number].length < length) {
        arrays[number] = new float[length];
      }
      return arrays[number];
    }
  }

  /** A pass over one channel. */
  private interface Pass {
    void run(int channel, Scratch scratch);
  }

  private void each(int channels, Pass pass) {
    Team team = Team.ofThread();
    while (scratch.length < team.size()) {
      scratch = Arrays.copyOf(scratch, scratch.length + 1);
      scratch[scratch.length - 1] = new Scratch();
    }
    team.run(channels, (channel, member) -> pass.run(channel, scratch[member]));
  }

  private Gaps gaps(MapLayout layout) {
    return gaps.computeIfAbsent(layout, Gaps::new);
  }

  @Override
  public void arrange(Values images, Maps to) {
    MapLayout maps = to.layout();
    FloatValues from = FloatValues.require(images);
    FloatValues target = FloatValues.require(to.values());
    MapPieces rows = MapPieces.rows(maps);
    each(
        maps.channels(),
        (channel, s) -> {
          float[] row = s.array(0, maps.width());
          float[] turned = s.array(1, rows.longest());
          for (int y = 0; y < maps.height(); y++) {
            for (int b = 0; b < maps.images(); b++) {
              int at = ((b * maps.channels() + channel) * maps.height() + y) * maps.width();
              from.read(at, row, maps.width());
              for (int x = 0; x < maps.width(); x++) {
                turned[x * maps.images() + b] = row[x];
              }
            }
            rows.write(target, maps, channel, y, turned);
          }
        });
  }

  @Override
  public void add(Maps a, Maps b, Maps to) {
    MapPieces pieces = MapPieces.of(a.layout(), b.layout(), to.layout());
    FloatValues left = FloatValues.require(a.values());
    FloatValues right = FloatValues.require(b.values());
    FloatValues target = FloatValues.require(to.values());
    each(
        to.layout().channels(),
        (channel, s) -> {
          float[] sum = s.array(0, pieces.longest());
          float[] other = s.array(1, pieces.longest());
          for (int piece = 0; piece < pieces.count(); piece++) {
            pieces.read(left, a.layout(), channel, piece, sum);
            pieces.read(right, b.layout(), channel, piece, other);
            math.add(sum, 0, other, 0, pieces.length(piece));
            pieces.write(target, to.layout(), channel, piece, sum);
          }
        });
  }

  @Override
  public void copy(Maps from, Maps to, Into into) {
    if (into == Into.ADD) {
      add(from, to, to);
      return;
    }
    MapPieces pieces = MapPieces.of(from.layout(), to.layout());
    FloatValues source = FloatValues.require(from.values());
    FloatValues target = FloatValues.require(to.values());
    Gaps between = gaps(to.layout());
    each(
        to.layout().channels(),
        (channel, s) -> {
          float[] values = s.array(0, pieces.longest());
          for (int piece = 0; piece < pieces.count(); piece++) {
            pieces.read(source, from.layout(), channel, piece, values);
            pieces.write(target, to.layout(), channel, piece, values);
          }
          between.clear(target, channel);
        });
  }

  @Override
  public void mean(Maps from, Values means) {
    MapLayout maps = from.layout();
    MapPieces rows = MapPieces.rows(maps);
    FloatValues source = FloatValues.require(from.values());
    FloatValues target = FloatValues.require(means);
    each(
        maps.channels(),
        (channel, s) -> {
          float[] row = s.array(0, rows.longest());
          float[] sums = s.array(1, maps.images());
          Arrays.fill(sums, 0, maps.images(), 0f);
          for (int y = 0; y < rows.count(); y++) {
            rows.read(source, maps, channel, y, row);
            for (int x = 0; x < maps.width(); x++) {
              math.add(sums, 0, row, x * maps.images(), maps.images());
            }
          }
          float share = 1f / (maps.height() * maps.width());
          for (int b = 0; b < maps.images(); b++) {
            sums[b] *= share;
          }
          target.write(channel * maps.images(), sums, maps.images());
        });
  }

  @Override
  public void spread(Values meanGradient, Maps to) {
    MapLayout maps = to.layout();
    MapPieces rows = MapPieces.rows(maps);
    FloatValues source = FloatValues.require(meanGradient);
    FloatValues target = FloatValues.require(to.values());
    Gaps between = gaps(maps);
    each(
        maps.channels(),
        (channel, s) -> {
          float[] row = s.array(0, rows.longest());
          source.read(channel * maps.images(), row, maps.images());
          float share = 1f / (maps.height() * maps.width());
          for (int b = 0; b < maps.images(); b++) {
            row[b] *= share;
          }
          for (int x = 1; x < maps.width(); x++) {
            System.arraycopy(row, 0, row, x * maps.images(), maps.images());
          }
          for (int y = 0; y < rows.count(); y++) {
            rows.write(target, maps, channel, y, row);
          }
          between.clear(target, channel);
        });
  }

  @Override
  public void maxPool(Maps from, Maps to) {
    Windows windows = new Windows(from.layout(), to.layout());
    FloatValues source = FloatValues.require(from.values());
    FloatValues target = FloatValues.require(to.values());
    MapPieces rows = MapPieces.rows(to.layout());
    each(
        to.layout().channels(),
        (channel, s) -> {
          float[] even = s.array(0, windows.length());
          float[] odd = s.array(1, windows.length());
          float[] best = s.array(2, rows.longest());
          for (int y = 0; y < rows.count(); y++) {
            Arrays.fill(best, Float.NEGATIVE_INFINITY);
            for (int row = 2 * y; row < windows.end(y); row++) {
              windows.read(source, channel, row, even, odd);
              math.raise(best, even, 0, windows.first());
              math.raise(best, odd, 0, windows.second());
              math.raise(best, even, windows.images(), windows.third());
            }
            rows.write(target, to.layout(), channel, y, best);
          }
        });
  }

  @Override
  public void maxPoolGradient(Maps from, Maps largest, Maps gradient, Maps inputGradient) {
    Windows windows = new Windows(from.layout(), largest.layout());
    FloatValues source = FloatValues.require(from.values());
    FloatValues target = FloatValues.require(inputGradient.values());
    MapPieces rows = MapPieces.rows(largest.layout());
    Gaps between = gaps(inputGradient.layout());
    each(
        largest.layout().channels(),
        (channel, s) -> {
          float[] even = s.array(0, windows.length());
          float[] odd = s.array(1, windows.length());
          float[] again = s.array(2, windows.length());
          float[] best = s.array(3, rows.longest());
          float[] left = s.array(4, rows.longest());
          float[] evenSums = s.array(5, windows.length());
          float[] oddSums = s.array(6, windows.length());
          Arrays.fill(evenSums, 0f);
          Arrays.fill(oddSums, 0f);
          for (int y = 0; y < rows.count(); y++) {
            rows.read(FloatValues.require(largest.values()), largest.layout(), channel, y, best);
            rows.read(FloatValues.require(gradient.values()), gradient.layout(), channel, y, left);
            for (int row = 2 * y; row < windows.end(y); row++) {
              windows.read(source, channel, row, even, odd);
              System.arraycopy(even, 0, again, 0, windows.length());
              share(best, left, even, 0, evenSums, 0, windows.first());
              share(best, left, odd, 0, oddSums, 0, windows.second());
              share(
                  best, left, again, windows.images(), evenSums, windows.images(), windows.third());
              boolean last = row == windows.end(y) - 1 && y == rows.count() - 1;
              if (row < 2 * y + 2 || last) {
                windows.write(target, inputGradient.layout(), channel, row, evenSums, oddSums);
                Arrays.fill(evenSums, 0f);
                Arrays.fill(oddSums, 0f);
              }
            }
          }
          between.clear(target, channel);
        });
  }

  private void share(
      float[] best, float[] left, float[] values, int from, float[] sums, int at, int count) {
    math.share(best, left, values, from, count);
    math.add(sums, at, values, from, count);
  }

  /** Rows of maps in two phases as windows read them. */
  private record Windows(MapLayout from, MapLayout to) {
    Windows {
      if (from.stride() != 2) {
        throw new IllegalArgumentException(
            "Cannot take maxima of %s: its columns must lie in two phases.".formatted(from));
      }
    }

    int images() {
      return from.images();
    }

    /** Values of a phase of a row, at most. */
    int length() {
      return (from.width() + 1) / 2 * images();
    }

    int end(int window) {
      return Math.min(2 * window + WINDOW, from.height());
    }

    int first() {
      return to.width() * images();
    }

    int second() {
      return from.width() / 2 * images();
    }

    int third() {
      return (from.width() - 1) / 2 * images();
    }

    void read(FloatValues maps, int channel, int row, float[] even, float[] odd) {
      int at = channel * from.channelLength();
      maps.read(at + from.place(row, 0), even, first());
      if (second() > 0) {
        maps.read(at + from.place(row, 1), odd, second());
      }
    }

    void write(
        FloatValues maps, MapLayout layout, int channel, int row, float[] even, float[] odd) {
      int at = channel * layout.channelLength();
      maps.write(at + layout.place(row, 0), even, first());
      if (second() > 0) {
        maps.write(at + layout.place(row, 1), odd, second());
      }
    }
  }
}
