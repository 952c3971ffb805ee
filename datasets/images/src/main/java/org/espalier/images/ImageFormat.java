package org.espalier.images;

/** The formats of files that are decoded, told by their first bytes and not by their names. */
public enum ImageFormat {
  /** Baseline or progressive, gray, colour or CMYK. */
  JPEG("\u00ff\u00d8"),
  /** Portable Network Graphics. */
  PNG("\u0089PNG\r\n\u001a\n");

  private final String signature;

  ImageFormat(String signature) {
    this.signature = signature;
  }

  static ImageFormat of(byte[] file, int length) throws UnreadableImageException {
    if (length == 0) {
      throw new UnreadableImageException("it is empty");
    }
    for (ImageFormat format : values()) {
      if (format.begins(file, length)) {
        return format;
      }
    }
    throw new UnreadableImageException("it is neither a JPEG nor a PNG");
  }

  private boolean begins(byte[] file, int length) {
    for (int i = 0; i < signature.length(); i++) {
      if (i >= length || (file[i] & 0xFF) != signature.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
