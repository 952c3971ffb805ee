package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunPartTest {
  private static final Platform PLATFORM = new Platform("x86_64", "17", "3.5", "1.0");
  private static final Execution EXECUTION = new Execution(Instant.EPOCH, 1, "local[1]", 1);

  @Test
  void aPartMayEndWhereItBegins() {
    assertThat(part(7, 7).lastStep()).isEqualTo(7);
  }

  @Test
  void aPartDoesNotEndBeforeItBegins() {
    assertThatThrownBy(() -> part(7, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record a part that ends at a step of 6: it must be at least 7");
    assertThatThrownBy(() -> part(-1, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record a part that begins at a step of -1: it must be at least 0");
  }

  private static RunPart part(long first, long last) {
    return new RunPart("1.0 (abc)", PLATFORM, EXECUTION, first, last);
  }
}
