package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LandingTest {
  private final Landing landing = new Landing();

  @Test
  void theRoundBeforeIsThereUntilTheNextButOneBegins() {
    landing.add(contribution(new RoundKey(1, 0, 0), 1f));
    landing.add(contribution(new RoundKey(1, 1, 0), 2f));
    assertThat(mean(new RoundKey(1, 0, 0))).isEqualTo(1f);
    assertThat(mean(new RoundKey(1, 1, 0))).isEqualTo(2f);
    landing.add(contribution(new RoundKey(1, 2, 0), 3f));
    assertThatThrownBy(() -> mean(new RoundKey(1, 0, 0)))
        .isInstanceOf(LostSlices.class)
        .hasMessageContaining("did not land here");
  }

  @Test
  void anotherTryReplacesTheFirstAndKeepsTheRoundBefore() {
    landing.add(contribution(new RoundKey(1, 0, 0), 1f));
    landing.add(contribution(new RoundKey(1, 1, 0), 2f));
    landing.add(contribution(new RoundKey(1, 1, 1), 2f));
    assertThat(mean(new RoundKey(1, 0, 0))).isEqualTo(1f);
    assertThatThrownBy(() -> landing.add(contribution(new RoundKey(1, 1, 0), 2f)))
        .isInstanceOf(LostSlices.class)
        .hasMessageContaining("has begun");
  }

  @Test
  void whatIsLeftAwayIsTakenFromTheRoundBefore() {
    landing.add(contribution(new RoundKey(1, 0, 0), 5f));
    landing.add(nothingTravels(new RoundKey(1, 1, 0)));
    assertThat(mean(new RoundKey(1, 1, 0))).isEqualTo(5f);
  }

  @Test
  void whatIsLeftAwayIsMissedWhereTheRoundBeforeDidNotLand() {
    assertThatThrownBy(() -> landing.add(nothingTravels(new RoundKey(1, 1, 0))))
        .isInstanceOf(LostSlices.class)
        .hasMessageContaining("the round before did not land here");
  }

  private float mean(RoundKey key) {
    return landing.mean(key, 0).head(1)[0];
  }

  private static Contribution contribution(RoundKey key, float value) {
    Lead lead = new Lead(SliceBits.all(1), List.of(), Optional.empty());
    return new Contribution(
        new Heading(key, 0, 1, 1, 0, 1, Optional.of(lead)), FloatBuffer.wrap(new float[] {value}));
  }

  private static Contribution nothingTravels(RoundKey key) {
    Lead lead = new Lead(new SliceBits(new long[] {0}, 1), List.of(), Optional.empty());
    return new Contribution(
        new Heading(key, 0, 1, 1, 0, 1, Optional.of(lead)), FloatBuffer.allocate(0));
  }
}
