package org.espalier.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
  @Test
  void theFewestEditsComeFirst() {
    assertThat(NearestNames.of("worker", List.of("batch", "epochs", "workers", "network")))
        .isEqualTo("workers, network, batch");
  }

  @Test
  void aListOfOneIsNamedAlone() {
    assertThat(NearestNames.of("x", List.of("workers"))).isEqualTo("workers");
  }
}
