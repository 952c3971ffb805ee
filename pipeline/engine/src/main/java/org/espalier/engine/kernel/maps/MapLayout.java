package org.espalier.engine.kernel.maps;

/**
 * Where the values of a batch of feature maps lie: channel by channel, in each the rows of pixels,
 * in each row the pixels, and in each pixel the images, innermost. Around the pixels there may be
 * cells for zeros, so that an element of a kernel is a distance in memory; cells behind a row are
 * those before the next. With a stride the rows and columns are split into phases, their remainders
 * by it, so that what neighbouring windows read through one element of a kernel lies side by side:
 * `[channel][row phase][column phase][row][column][image]`.
 *
 * @param images of the batch
 * @param channels of an image
 * @param height of an image in pixels
 * @param width of an image in pixels
 * @param stride number of phases of rows and of columns
 * @param before cells before the first row, and before the first pixel of every row
 * @param lines rows of a phase, cells for zeros counted
 * @param cells columns of a phase, cells for zeros counted
 * @param channelLength values from one channel to the next
 */
public record MapLayout(
    int images,
    int channels,
    int height,
    int width,
    int stride,
    int before,
    int lines,
    int cells,
    int channelLength) {
  private static final int GROUP = 16;

  /** Distances of a multiple of so many values map all channels to few sets of a cache. */
  private static final int CONFLICT = 256;

  /** Pixels one after the other, without cells for zeros. */
  public static MapLayout compact(int images, int channels, int height, int width) {
    return of(images, channels, height, width, 1, 0, height, width, 0);
  }

  /** The pixels of a layout in phases of a stride, without cells for zeros. */
  public static MapLayout split(int images, int channels, int height, int width, int stride) {
    int lines = (height + stride - 1) / stride;
    int cells = (width + stride - 1) / stride;
    return of(images, channels, height, width, stride, 0, lines, cells, 0);
  }

  /**
   * @param behind cells behind the last row of the last phase, which belong to no row
   */
  static MapLayout of(
      int images,
      int channels,
      int height,
      int width,
      int stride,
      int before,
      int lines,
      int cells,
      int behind) {
    int places = Math.addExact(Math.multiplyExact(stride * stride * lines, cells), behind);
    int padded = (Math.multiplyExact(places, images) + GROUP - 1) / GROUP * GROUP;
    int channelLength = padded % CONFLICT == 0 ? padded + GROUP : padded;
    return new MapLayout(
        images, channels, height, width, stride, before, lines, cells, channelLength);
  }

  /** The same places for another number of channels. */
  public MapLayout withChannels(int number) {
    return new MapLayout(
        images, number, height, width, stride, before, lines, cells, channelLength);
  }

  /** Number of values, those of cells for zeros counted. */
  public int length() {
    return Math.multiplyExact(channels, channelLength);
  }

  /** Number of pixels of all images. */
  public int positions() {
    return images * height * width;
  }

  /** Whether a channel has nothing but its pixels, row by row. */
  public boolean isCompact() {
    return stride == 1 && before == 0 && lines == height && cells == width;
  }

  /**
   * Where the images' values of a pixel begin in a channel.
   *
   * @param row from {@code -before} on: cells for zeros around the image have places too
   * @param column from {@code -before} on
   */
  public int place(int row, int column) {
    int line = row + before;
    int cell = column + before;
    int phase = line % stride * stride + cell % stride;
    return ((phase * lines + line / stride) * cells + cell / stride) * images;
  }

  /** Whether values of the two lie at the same places of a channel. */
  public boolean hasPlacesOf(MapLayout other) {
    return withChannels(1).equals(other.withChannels(1));
  }
}
