package org.espalier.engine.sparse;

import static org.espalier.engine.sparse.ImageLayout.NOWHERE;

import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.maps.MapLayout;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * Copies feature maps between their memory, channel by channel, and panels, row by row. In both the
 * images of a batch are innermost, so nothing turns.
 */
final class MapPacking implements PixelPacking {
  private final MapLayout maps;
  private final ImageLayout layout;
  private final BehindImages behind;
  private final Into into;
  private final Run[] runs;
  private final int longest;
  private final float[][] scratch;
  private final Team.Part copyingIn = this::copyIn;
  private final Team.Part gating = this::gate;
  private final Team.Part copyingOut = this::copyOut;
  private FloatValues values;
  private Panel panel;
  private int slices;

  /**
   * Columns that follow each other in both.
   *
   * @param map floats from the beginning of a row of the maps
   * @param panel floats from the beginning of a channel of a row of the panel, or {@link
   *     ImageLayout#NOWHERE}
   * @param length in floats
   */
  private record Run(int map, int panel, int length) {}

  /**
   * @param into what becomes of maps that a panel is read into
   */
  MapPacking(MapLayout maps, ImageLayout layout, Slices most, Into into) {
    this.maps = maps;
    this.layout = layout;
    this.behind = new BehindImages(layout);
    this.into = into;
    this.runs = runs();
    this.longest = maps.width() * maps.images();
    this.scratch = new float[most.count()][];
  }

  private Run[] runs() {
    List<Run> found = new ArrayList<>();
    for (int column = 0; column < maps.width(); column++) {
      int map = maps.place(0, column) - maps.place(0, 0);
      found.add(new Run(map, layout.columns()[column], maps.images()));
    }
    found.sort((a, b) -> Integer.compare(a.map(), b.map()));
    List<Run> joined = new ArrayList<>();
    for (Run run : found) {
      Run last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && follows(last, run)) {
        joined.set(
            joined.size() - 1, new Run(last.map(), last.panel(), last.length() + run.length()));
      } else {
        joined.add(run);
      }
    }
    return joined.toArray(Run[]::new);
  }

  private static boolean follows(Run last, Run next) {
    boolean inPanel =
        last.panel() == NOWHERE
            ? next.panel() == NOWHERE
            : next.panel() == last.panel() + last.length();
    return inPanel && next.map() == last.map() + last.length();
  }

  @Override
  public void in(Activations from, Panel to) {
    run(from, to, copyingIn);
  }

  @Override
  public void gate(Activations from, Panel to) {
    run(from, to, gating);
  }

  @Override
  public void out(Panel from, Activations to) {
    run(to, from, copyingOut);
  }

  private void run(Activations activations, Panel other, Team.Part part) {
    if (activations.order() != Order.FEATURES) {
      throw new IllegalArgumentException(
          "Cannot convolve feature maps that lie position by position: give them channel by channel.");
    }
    values = FloatValues.require(activations.values());
    panel = other;
    slices = Work.slices(2L * maps.length(), scratch.length);
    Team.ofThread().run(slices, part);
  }

  private void copyIn(int slice, int member) {
    for (int row = start(slice); row < start(slice + 1); row++) {
      if (layout.rows()[row] != NOWHERE) {
        for (int channel = 0; channel < maps.channels(); channel++) {
          int to = line(row) + channel * layout.channelLength();
          for (Run run : runs) {
            if (run.panel() != NOWHERE) {
              values.read(
                  place(row, channel) + run.map(), panel.values(), to + run.panel(), run.length());
            }
          }
        }
        behind.clear(panel, row);
      }
    }
  }

  private void gate(int slice, int member) {
    float[] delta = scratch(slice);
    for (int row = start(slice); row < start(slice + 1); row++) {
      for (int channel = 0; channel < maps.channels(); channel++) {
        int to = line(row) + channel * layout.channelLength();
        for (Run run : runs) {
          values.read(place(row, channel) + run.map(), delta, run.length());
          FeatureRows.gate(delta, panel.values(), to + run.panel(), run.length());
        }
      }
      behind.clear(panel, row);
    }
  }

  private void copyOut(int slice, int member) {
    float[] other = scratch(slice);
    for (int row = start(slice); row < start(slice + 1); row++) {
      boolean somewhere = layout.rows()[row] != NOWHERE;
      for (int channel = 0; channel < maps.channels(); channel++) {
        int from = somewhere ? line(row) + channel * layout.channelLength() : 0;
        for (Run run : runs) {
          int at = place(row, channel) + run.map();
          if (somewhere && run.panel() != NOWHERE) {
            write(at, from + run.panel(), run.length(), other);
          } else if (into == Into.REPLACE) {
            java.util.Arrays.fill(other, 0, run.length(), 0f);
            values.write(at, other, run.length());
          }
        }
      }
    }
  }

  private void write(int at, int from, int length, float[] other) {
    if (into == Into.REPLACE) {
      values.write(at, panel.values(), from, length);
      return;
    }
    values.read(at, other, length);
    float[] more = panel.values();
    for (int i = 0; i < length; i++) {
      other[i] += more[from + i];
    }
    values.write(at, other, length);
  }

  private int place(int row, int channel) {
    return channel * maps.channelLength() + maps.place(row, 0);
  }

  private int line(int row) {
    return panel.at() + layout.rows()[row] * layout.rowLength();
  }

  private int start(int slice) {
    return Slices.start(slice, slices, maps.height());
  }

  private float[] scratch(int slice) {
    if (scratch[slice] == null) {
      scratch[slice] = new float[longest];
    }
    return scratch[slice];
  }
}
