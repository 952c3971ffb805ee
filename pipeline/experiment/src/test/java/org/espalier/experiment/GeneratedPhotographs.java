package org.espalier.experiment;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Mix64;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.source.RowSink;
import org.espalier.datasets.source.RowSource;

/**
 * JPEG files of different sizes, whose class is their colour.
 *
 * @param broken the row of the training split whose file lacks its second half, or -1
 */
record GeneratedPhotographs(int train, int test, int broken) implements RowSource {
  private static final JpegImages KIND = new JpegImages(List.of("red", "green", "blue"));
  private static final List<Color> COLOURS = List.of(Color.RED, Color.GREEN, Color.BLUE);

  @Override
  public String name() {
    return "photographs" + broken;
  }

  @Override
  public RowKind kind() {
    return KIND;
  }

  @Override
  public SortedMap<String, Long> rows() {
    return new TreeMap<>(Map.of(Split.TRAIN, (long) train, Split.TEST, (long) test));
  }

  static String file(long row) {
    return "photograph_" + row + ".JPEG";
  }

  @Override
  public void read(String split, RowRange range, Configuration hadoop, RowSink sink)
      throws IOException {
    for (long row = range.from(); row < range.to(); row++) {
      long key = Mix64.key(Mix64.of(split), row);
      int width = 24 + Mix64.below(30, key, 0);
      int height = 24 + Mix64.below(30, key, 1);
      int label = (int) (row % KIND.classes());
      byte[] jpeg = jpeg(COLOURS.get(label), width, height, key);
      boolean halved = split.equals(Split.TRAIN) && row == broken;
      byte[] stored = halved ? Arrays.copyOf(jpeg, jpeg.length / 2) : jpeg;
      sink.accept(KIND.row(stored, label, file(row), width, height));
    }
  }

  private static byte[] jpeg(Color colour, int width, int height, long key) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int noise = Mix64.below(0x80, key, i + 2L) * 0x010101;
      image.setRGB(i % width, i / width, (colour.getRGB() & 0x7F7F7F) | noise);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
