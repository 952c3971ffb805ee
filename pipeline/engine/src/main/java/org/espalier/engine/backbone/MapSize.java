package org.espalier.engine.backbone;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The size of the feature maps of an image.
 *
 * @param channels number of maps
 * @param height in pixels
 * @param width in pixels
 */
public record MapSize(
    @JsonProperty("channels") int channels,
    @JsonProperty("height") int height,
    @JsonProperty("width") int width)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the size. */
  public MapSize {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Cannot have %d feature maps of %d x %d: all must be at least 1."
              .formatted(channels, height, width));
    }
  }

  /** Number of values. */
  public int length() {
    return Math.multiplyExact(channels, height * width);
  }
}
