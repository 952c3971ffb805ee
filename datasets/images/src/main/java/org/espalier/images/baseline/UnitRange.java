package org.espalier.images.baseline;

/**
 * A rectangle of an image's minimum coded units.
 *
 * @param firstAcross its first column
 * @param endAcross the column behind its last
 * @param firstDown its first row
 * @param endDown the row behind its last
 */
record UnitRange(int firstAcross, int endAcross, int firstDown, int endDown) {
  private static final int SIDE = 8;

  static UnitRange all(JpegFrame frame) {
    return new UnitRange(0, frame.across(), 0, frame.down());
  }

  /** The units that a region touches. */
  static UnitRange of(JpegFrame frame, Region region) {
    int width = SIDE * frame.horizontal;
    int height = SIDE * frame.vertical;
    return new UnitRange(
        region.x() / width,
        (region.x() + region.width() - 1) / width + 1,
        region.y() / height,
        (region.y() + region.height() - 1) / height + 1);
  }

  /** Units in a row. */
  int across() {
    return endAcross - firstAcross;
  }

  /** Rows of units. */
  int down() {
    return endDown - firstDown;
  }

  boolean contains(int across, int down) {
    return across >= firstAcross && across < endAcross && down >= firstDown && down < endDown;
  }

  /** The pixels of the image that they hold. */
  Region pixels(JpegFrame frame) {
    int x = firstAcross * SIDE * frame.horizontal;
    int y = firstDown * SIDE * frame.vertical;
    return new Region(
        x,
        y,
        Math.min(frame.width, endAcross * SIDE * frame.horizontal) - x,
        Math.min(frame.height, endDown * SIDE * frame.vertical) - y);
  }
}
