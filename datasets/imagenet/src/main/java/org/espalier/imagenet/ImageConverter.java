package org.espalier.imagenet;

import org.espalier.images.Decoding;
import org.espalier.images.EncodedImage;
import org.espalier.images.ImageHeader;
import org.espalier.images.JpegDecoder;
import org.espalier.images.Orientation;
import org.espalier.images.Reduction;
import org.espalier.images.Reencoder;
import org.espalier.images.RgbImage;
import org.espalier.images.UnreadableImageException;

/** Makes the stored image of a file, on one thread. */
interface ImageConverter extends AutoCloseable {
  /**
   * Makes the stored image.
   *
   * @throws UnreadableImageException if no decoder reads the file
   */
  EncodedImage convert(byte[] file) throws UnreadableImageException;

  @Override
  void close();

  /** The converter that makes a form. */
  static ImageConverter of(StoredForm form, long maxPixels) {
    if (form instanceof StoredForm.Resized resized) {
      return new Resizing(
          new Reencoder(
              resized.shortSide(),
              resized.quality(),
              resized.decoding(),
              resized.orientation(),
              maxPixels));
    }
    return new Checking(new JpegDecoder(maxPixels), new RgbImage());
  }

  /** Encodes again. */
  record Resizing(Reencoder reencoder) implements ImageConverter {
    @Override
    public EncodedImage convert(byte[] file) throws UnreadableImageException {
      return reencoder.reencode(file, file.length);
    }

    @Override
    public void close() {
      reencoder.close();
    }
  }

  /** Leaves the bytes as they are, once it is known that a decoder reads all of them. */
  record Checking(JpegDecoder decoder, RgbImage image) implements ImageConverter {
    @Override
    public EncodedImage convert(byte[] file) throws UnreadableImageException {
      ImageHeader header = decoder.header(file, file.length);
      Reduction smallest = Decoding.SCALED.reduction(1, header.shortSide());
      decoder.decode(file, file.length, header, smallest, Orientation.AS_STORED, image);
      return new EncodedImage(file, header.width(), header.height());
    }

    @Override
    public void close() {
      decoder.close();
      image.close();
    }
  }
}
