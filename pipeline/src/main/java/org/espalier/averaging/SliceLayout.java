package org.espalier.averaging;

import java.io.Serializable;

/**
 * How a vector of {@code length} floats is cut into {@code slices} nearly equal, contiguous parts.
 * The cut never shows in the result: every float is summed in worker order whichever slice it is
 * in.
 */
record SliceLayout(int length, int slices) implements Serializable {
  private static final long serialVersionUID = 1L;

  SliceLayout {
    if (length < 1 || slices < 1 || slices > length) {
      throw new IllegalArgumentException(
          "Cannot cut a vector of %d values into %d slices: there must be 1 to %d"
              .formatted(length, slices, length));
    }
  }

  int start(int slice) {
    return (int) ((long) length * slice / slices);
  }

  int size(int slice) {
    return start(slice + 1) - start(slice);
  }
}
