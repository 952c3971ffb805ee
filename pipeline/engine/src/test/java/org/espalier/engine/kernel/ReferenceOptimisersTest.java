package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers in float64 against an independent implementation, both kinds of masked gradient. */
class ReferenceOptimisersTest {
  private static final String PROPERTY = "espalier.reference";

  @ParameterizedTest
  @ValueSource(strings = {"none", "dense"})
  void nesterovWithWeightDecay(String maskedGradient) throws IOException {
    String name = "nesterov(lr=0.1,momentum=0.9,l2=1e-2),maskedGradient=" + maskedGradient;
    check(name, new UpdateRule.Nesterov(0.9), 0.1, 1e-2, maskedGradient.equals("none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "dense"})
  void adam(String maskedGradient) throws IOException {
    String name =
        "adam(lr=1e-2,beta1=0.9,beta2=0.997,epsilon=1e-9),maskedGradient=" + maskedGradient;
    UpdateRule rule = new UpdateRule.Adam(0.9, 0.997, 1e-9);
    check(name, rule, 1e-2, 0, maskedGradient.equals("none"));
  }

  private static void check(String name, UpdateRule rule, double rate, double decay, boolean masked)
      throws IOException {
    Path path =
        Path.of(System.getProperty(PROPERTY, "../../shared/data/reference"))
            .resolve("optimisers.json");
    assumeTrue(
        Files.exists(path),
        () -> path + " is absent; name the folder that holds it with -D" + PROPERTY);
    JsonNode given = new ObjectMapper().readTree(path.toFile());
    int n = given.get("weights").size();
    Values weights = Values.doubles(n);
    fill(weights, given.get("weights"));
    Trained tensor = new Trained(weights, Values.doubles(n), Values.doubles(n), Values.doubles(n));
    if (masked) {
      long word = 0;
      for (int i = 0; i < n; i++) {
        word |= given.get("mask").get(i).asLong() << i;
      }
      tensor.mask(new long[] {word});
    }
    for (int t = 1; t <= given.get("lossGradients").size(); t++) {
      fill(tensor.gradient, given.get("lossGradients").get(t - 1));
      Kernels.reference().optimiser().step(rule, tensor, rate, t, 1, decay);
      for (int i = 0; i < n; i++) {
        weights.set(i, weights.get(i) - tensor.gradient.get(i));
        double expected = given.get(name).get(t - 1).get(i).asDouble();
        assertThat(weights.get(i)).isCloseTo(expected, within(1e-9 * Math.abs(expected) + 1e-14));
      }
    }
  }

  private static void fill(Values values, JsonNode numbers) {
    for (int i = 0; i < values.length(); i++) {
      values.set(i, numbers.get(i).asDouble());
    }
  }
}
