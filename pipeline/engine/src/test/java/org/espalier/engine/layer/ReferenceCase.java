package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One case of the reference vectors, which an independent implementation computed. */
public final class ReferenceCase {
  static final double TOLERANCE = 1e-9;
  private static final String PROPERTY = "espalier.reference";

  private final JsonNode node;

  private ReferenceCase(JsonNode node) {
    this.node = node;
  }

  /** A case of a file, or a skipped test where the file is absent. */
  public static ReferenceCase of(String file, String name) throws IOException {
    Path path = Path.of(System.getProperty(PROPERTY, "../../shared/data/reference")).resolve(file);
    assumeTrue(
        Files.exists(path),
        () -> path + " is absent; name the folder that holds " + file + " with -D" + PROPERTY);
    return new ReferenceCase(new ObjectMapper().readTree(path.toFile()).get(name));
  }

  public ReferenceCase in(String key) {
    return new ReferenceCase(node.get(key));
  }

  public double number(String key) {
    return node.get(key).asDouble();
  }

  /** A nested list as a float64 array, row-major. */
  public INDArray array(String key) {
    List<Long> shape = new ArrayList<>();
    for (JsonNode at = node.get(key); at.isArray(); at = at.get(0)) {
      shape.add((long) at.size());
    }
    List<Double> values = new ArrayList<>();
    flatten(node.get(key), values);
    double[] flat = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Nd4j.createFromArray(flat).reshape('c', shape.stream().mapToLong(i -> i).toArray());
  }

  private static void flatten(JsonNode node, List<Double> values) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, values));
    } else {
      values.add(node.asDouble());
    }
  }

  public static void requireEqual(String what, INDArray actual, INDArray expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double[] found = actual.dup('c').reshape(actual.length()).toDoubleVector();
    double[] wanted = expected.dup('c').reshape(expected.length()).toDoubleVector();
    for (int i = 0; i < wanted.length; i++) {
      requireEqual(what + " " + i, found[i], wanted[i]);
    }
  }

  public static void requireEqual(String what, double actual, double expected) {
    assertThat(Math.abs(actual - expected))
        .as("%s: %s for %s", what, actual, expected)
        .isLessThanOrEqualTo(TOLERANCE * Math.max(1e-3, Math.abs(expected)));
  }
}
