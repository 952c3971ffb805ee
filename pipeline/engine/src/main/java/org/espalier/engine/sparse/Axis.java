package org.espalier.engine.sparse;

/**
 * One direction of a convolution's images. The places of an image, padding counted, are split into
 * phases, their remainders by the stride, so that what neighbouring results read through one
 * element of the kernel lies side by side. Places that no element of a kernel meets have no phase.
 *
 * @param length places of an image
 * @param kernel elements of a kernel
 * @param stride distance of two windows
 * @param padding zeros on each side
 */
record Axis(int length, int kernel, int stride, int padding) {
  /** Number of results. */
  int results() {
    return (length + 2 * padding - kernel) / stride + 1;
  }

  /** Number of phases. */
  int phases() {
    return Math.min(stride, kernel);
  }

  /** Phase that a kernel's element reads. */
  int phase(int element) {
    return element % stride;
  }

  /** Phase of a place of the image; no less than {@link #phases} where no kernel meets it. */
  int phaseOf(int place) {
    return (place + padding) % stride;
  }

  /** Number of a place of the image among those of its phase, padding not counted. */
  int numberOf(int place) {
    return (place + padding) / stride - first(phaseOf(place));
  }

  /** Places of the image in a phase, padding not counted. */
  int count(int phase) {
    return Math.max(0, Math.floorDiv(padding + length - 1 - phase, stride) - first(phase) + 1);
  }

  /** Places of the image in the fullest phase. */
  int most() {
    int most = 0;
    for (int phase = 0; phase < phases(); phase++) {
      most = Math.max(most, count(phase));
    }
    return most;
  }

  /** Zeros before the image in every phase. */
  int lead() {
    return first(0);
  }

  /** Place in its phase that the first result reads through a kernel's element. */
  int source(int element) {
    return lead() + ahead(element);
  }

  /** Places that a phase needs, padding counted. */
  int phaseLength() {
    int length = lead() + most();
    for (int element = 0; element < kernel; element++) {
      length = Math.max(length, source(element) + results());
    }
    return length;
  }

  /** Zeros before the results, for images that reach further than the first window. */
  int resultLead() {
    int lead = 0;
    for (int element = 0; element < kernel; element++) {
      lead = Math.max(lead, ahead(element));
    }
    return lead;
  }

  /** Place among the results that the first place of a phase reaches through an element of it. */
  int target(int element) {
    return resultLead() - ahead(element);
  }

  /** Places that the results need, zeros on both sides counted. */
  int resultLength() {
    int length = resultLead() + results();
    for (int element = 0; element < kernel; element++) {
      length = Math.max(length, target(element) + most());
    }
    return length;
  }

  /** Places of a phase between its first of the image and what the first result reads. */
  private int ahead(int element) {
    return element / stride - first(phase(element));
  }

  /** Places of a phase that lie before the image. */
  private int first(int phase) {
    return padding > phase ? (padding - phase + stride - 1) / stride : 0;
  }
}
