package org.espalier.results;

/**
 * What a run was computed by.
 *
 * @param description processor, operating system and the kernels that did the arithmetic, as text
 * @param java the version of the Java virtual machine
 * @param spark the version of Spark
 * @param dl4j the version of DL4J
 */
public record Platform(String description, String java, String spark, String dl4j) {

  public Platform {
    Require.text(description, "platform");
    Require.text(java, "Java version");
    Require.text(spark, "Spark version");
    Require.text(dl4j, "DL4J version");
  }
}
