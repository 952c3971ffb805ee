package org.espalier.imagenet;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small files of images that differ from each other, and folders of them. */
final class Photographs {
  private Photographs() {}

  /** An image of one colour that its number decides. */
  static byte[] file(String format, int width, int height, int number) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, new Color(37 * number % 256, 11 * number % 256, x % 256).getRGB());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] jpeg(int number) {
    return file("jpeg", 40, 30, number);
  }

  /** Writes {@code count} images into a folder. */
  static void write(Path folder, String prefix, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve(prefix + "_" + i + ".JPEG"), jpeg(prefix.hashCode() % 50 + i));
    }
  }
}
