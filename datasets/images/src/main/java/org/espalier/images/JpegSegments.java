package org.espalier.images;

/**
 * The segments of a JPEG (ITU-T T.81, annex B): size and components from the frame header,
 * orientation from EXIF data, and whether markers and restarts are as they have to be.
 */
final class JpegSegments {
  private static final int PREFIX = 0xFF;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int FIRST_RESTART = 0xD0;
  private static final int LAST_RESTART = 0xD7;
  private static final int RESTARTS = 8;
  private static final int EXIF = 0xE1;
  private static final int LENGTH = 2;

  /** Length, precision, height, width and number of components. */
  private static final int FRAME_BYTES = 8;

  private final byte[] file;
  private final int length;
  private int width;
  private int height;
  private int components;
  private int orientation = ImageHeader.UPRIGHT;
  private boolean suspicious;

  JpegSegments(byte[] file, int length) {
    this.file = file;
    this.length = length;
  }

  ImageHeader header() throws UnreadableImageException {
    walk();
    if (components == 0) {
      throw new UnreadableImageException("it has no frame header before its first scan");
    }
    return new ImageHeader(ImageFormat.JPEG, width, height, components, orientation);
  }

  /** Whether there are no bytes where none belong, and an end. */
  boolean isSound() throws UnreadableImageException {
    int scan = walk();
    return !suspicious && isSound(scan);
  }

  /** Looks at every segment before the first scan. Returns where that begins. */
  private int walk() throws UnreadableImageException {
    int at = 2;
    while (at + 1 < length) {
      int marker = unsigned(at + 1);
      if (unsigned(at) != PREFIX || marker == 0) {
        suspicious = true;
        at++;
      } else if (marker == PREFIX) {
        at++;
      } else if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        return at;
      } else if (standsAlone(marker)) {
        at += LENGTH;
      } else {
        at += LENGTH + segment(marker, at + LENGTH);
      }
    }
    throw new UnreadableImageException("it ends before its first scan");
  }

  /** Looks at a segment whose length field is at {@code at}. Returns its length. */
  private int segment(int marker, int at) {
    if (at + 1 >= length) {
      return LENGTH;
    }
    int bytes = unsignedShort(at);
    int end = Math.min(length, at + bytes);
    if (isFrame(marker) && at + FRAME_BYTES <= length) {
      height = unsignedShort(at + 3);
      width = unsignedShort(at + 5);
      components = unsigned(at + 7);
    } else if (marker == EXIF) {
      orientation = ExifOrientation.of(file, at + LENGTH, end, orientation);
    }
    if (bytes < LENGTH) {
      suspicious = true;
      return LENGTH;
    }
    return bytes;
  }

  /** Whether everything from the first scan to the end of the image is as it has to be. */
  private boolean isSound(int scan) {
    int at = scan;
    int restarts = 0;
    while (at + 1 < length) {
      int marker = unsigned(at + 1);
      if (unsigned(at) != PREFIX || marker == 0 || marker == PREFIX) {
        at++;
      } else if (marker == END_OF_IMAGE) {
        return true;
      } else if (marker >= FIRST_RESTART && marker <= LAST_RESTART) {
        if (marker != FIRST_RESTART + restarts % RESTARTS) {
          return false;
        }
        restarts++;
        at += LENGTH;
      } else if (isBetweenScans(marker) && at + 3 < length) {
        restarts = 0;
        at += LENGTH + unsignedShort(at + LENGTH);
      } else {
        return false;
      }
    }
    return false;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Restart markers, a second start of image, and the temporary marker have no length. */
  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }

  /** Tables, scans, numbers of lines, applications' data, comments. */
  private static boolean isBetweenScans(int marker) {
    return marker == 0xC4
        || (marker >= START_OF_SCAN && marker <= 0xDD)
        || (marker >= 0xE0 && marker <= 0xEF)
        || marker == 0xFE;
  }

  private int unsigned(int at) {
    return file[at] & 0xFF;
  }

  private int unsignedShort(int at) {
    return unsigned(at) << 8 | unsigned(at + 1);
  }
}
