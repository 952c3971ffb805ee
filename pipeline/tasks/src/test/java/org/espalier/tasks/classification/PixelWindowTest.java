package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PixelWindowTest {
  private final PixelWindow window = new PixelWindow(3, 4);

  private int[] rows() {
    return IntStream.range(0, 3).map(window::row).toArray();
  }

  private int[] columns() {
    return IntStream.range(0, 4).map(window::column).toArray();
  }

  @Test
  void zerosLieBeyondTheImage() {
    window.move(-1, 2, Border.ZERO);
    assertThat(rows()).containsExactly(-1, 0, 1);
    assertThat(columns()).containsExactly(2, 3, -1, -1);
  }

  @Test
  void reflectionDoesNotRepeatTheOutermostPixel() {
    window.move(2, -3, Border.REFLECT);
    assertThat(rows()).containsExactly(2, 1, 0);
    assertThat(columns()).containsExactly(3, 2, 1, 0);
    window.move(-2, 3, Border.REFLECT);
    assertThat(rows()).containsExactly(2, 1, 0);
    assertThat(columns()).containsExactly(3, 2, 1, 0);
    window.move(1, -1, Border.REFLECT);
    assertThat(rows()).containsExactly(1, 2, 1);
    assertThat(columns()).containsExactly(1, 0, 1, 2);
  }

  @Test
  void mirroringExchangesLeftAndRightAlone() {
    window.move(0, -1, Border.ZERO);
    window.mirror();
    assertThat(columns()).containsExactly(2, 1, 0, -1);
    assertThat(rows()).containsExactly(0, 1, 2);
  }

  @Test
  void theWholeImageIsSeenAgain() {
    window.move(2, 2, Border.ZERO);
    window.mirror();
    window.whole();
    assertThat(rows()).containsExactly(0, 1, 2);
    assertThat(columns()).containsExactly(0, 1, 2, 3);
  }
}
