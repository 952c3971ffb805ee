package org.espalier.engine.sparse;

import static org.espalier.engine.sparse.ImageLayout.NOWHERE;

import java.util.Arrays;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * What lies behind the images' columns in a panel, up to a multiple of {@link
 * org.espalier.engine.kernel.sparse.SparseLanes#GROUP} floats: computed with the columns before it,
 * and zero when it is read. Immutable.
 */
final class BehindImages {
  private final ImageLayout layout;
  private final int[] ends;

  BehindImages(ImageLayout layout) {
    this.layout = layout;
    this.ends = new int[layout.phases()];
    Arrays.setAll(ends, phase -> phase * layout.phaseLength() + layout.lead());
    for (int column : layout.columns()) {
      if (column != NOWHERE) {
        ends[column / layout.phaseLength()] = column + layout.batch();
      }
    }
  }

  /** Makes it zero in all channels of a row of the images. */
  void clear(Panel panel, int row) {
    int line = panel.at() + layout.rows()[row] * layout.rowLength();
    for (int phase = 0; phase < ends.length; phase++) {
      int end = phase * layout.phaseLength() + layout.lead() + layout.width();
      for (int channel = 0; channel < layout.channels() && ends[phase] < end; channel++) {
        int at = line + channel * layout.channelLength();
        Arrays.fill(panel.values(), at + ends[phase], at + end, 0f);
      }
    }
  }
}
