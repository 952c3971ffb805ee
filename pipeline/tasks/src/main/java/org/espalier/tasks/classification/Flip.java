package org.espalier.tasks.classification;

/** The directions in which training images are mirrored at random. */
public enum Flip {
  /** No direction. */
  NONE("none"),
  /** Left and right are exchanged in one of two images. */
  HORIZONTAL("horizontal");

  private final String label;

  Flip(String label) {
    this.label = label;
  }

  /** The name in configurations. */
  @Override
  public String toString() {
    return label;
  }
}
