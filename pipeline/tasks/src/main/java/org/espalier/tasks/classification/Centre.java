package org.espalier.tasks.classification;

/** What is subtracted from every image. */
public enum Centre {
  /** Nothing. */
  NONE("none"),
  /** The mean image of the training split. */
  MEAN_IMAGE("meanImage");

  private final String label;

  Centre(String label) {
    this.label = label;
  }

  /** The name in configurations. */
  @Override
  public String toString() {
    return label;
  }
}
