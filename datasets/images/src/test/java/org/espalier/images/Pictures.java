package org.espalier.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Smooth pictures whose every pixel tells its place, and their files. */
final class Pictures {
  private Pictures() {}

  /** {@code [height, width, 3]}: red grows to the right, green downwards, blue in waves. */
  static byte[] rgb(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        rgb[at] = (byte) (255 * x / width);
        rgb[at + 1] = (byte) (255 * y / height);
        rgb[at + 2] = (byte) (127 + 100 * Math.sin(x * 0.05) * Math.cos(y * 0.04));
      }
    }
    return rgb;
  }

  /** The picture of that size as a smaller or larger one. */
  static byte[] scaled(int width, int height, int newWidth, int newHeight) {
    byte[] rgb = new byte[newWidth * newHeight * 3];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        double fromX = (x + 0.5) * width / newWidth - 0.5;
        double fromY = (y + 0.5) * height / newHeight - 0.5;
        int at = 3 * (y * newWidth + x);
        rgb[at] = (byte) Math.max(0, 255 * fromX / width);
        rgb[at + 1] = (byte) Math.max(0, 255 * fromY / height);
        rgb[at + 2] = (byte) (127 + 100 * Math.sin(fromX * 0.05) * Math.cos(fromY * 0.04));
      }
    }
    return rgb;
  }

  static BufferedImage image(int width, int height, int type) {
    byte[] rgb = rgb(width, height);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      int value =
          (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
      image.setRGB(i % width, i / width, 0xFF000000 | value);
    }
    return image;
  }

  static byte[] jpeg(int width, int height) {
    return file("jpeg", image(width, height, BufferedImage.TYPE_INT_RGB), 0.95f, false);
  }

  static byte[] progressive(int width, int height) {
    return file("jpeg", image(width, height, BufferedImage.TYPE_INT_RGB), 0.95f, true);
  }

  static byte[] gray(int width, int height) {
    return file("jpeg", image(width, height, BufferedImage.TYPE_BYTE_GRAY), 0.95f, false);
  }

  static byte[] png(int width, int height) {
    return file("png", image(width, height, BufferedImage.TYPE_INT_RGB), 1, false);
  }

  /** The JPEG with EXIF data that asks for an orientation. */
  static byte[] oriented(byte[] jpeg, int orientation) {
    byte[] exif = new byte[2 + 2 + 6 + 8 + 2 + 12 + 4];
    byte[] head = {(byte) 0xFF, (byte) 0xE1, 0, (byte) (exif.length - 2)};
    System.arraycopy(head, 0, exif, 0, head.length);
    byte[] tiff = "Exif\0\0MM\0*\0\0\0\10\0\1".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(tiff, 0, exif, head.length, tiff.length);
    byte[] entry = {1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0};
    System.arraycopy(entry, 0, exif, head.length + tiff.length, entry.length);
    return joined(Arrays.copyOf(jpeg, 2), exif, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The pixels as the JDK decodes them. */
  static byte[] decodedByTheJdk(byte[] file) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
      byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
      for (int i = 0; i < rgb.length / 3; i++) {
        int value = image.getRGB(i % image.getWidth(), i / image.getWidth());
        rgb[3 * i] = (byte) (value >> 16);
        rgb[3 * i + 1] = (byte) (value >> 8);
        rgb[3 * i + 2] = (byte) value;
      }
      return rgb;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The mean distance of two pictures' values. */
  static double distance(byte[] one, byte[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(one.length + " and " + other.length + " values");
    }
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return (double) sum / one.length;
  }

  static byte[] pixels(RgbImage image) {
    byte[] rgb = new byte[image.bytes()];
    image.copyTo(rgb);
    return rgb;
  }

  private static byte[] file(
      String format, BufferedImage image, float quality, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        parameters.setProgressiveMode(
            progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
