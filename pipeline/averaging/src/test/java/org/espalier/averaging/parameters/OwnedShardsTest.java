package org.espalier.averaging.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardBits;
import org.junit.jupiter.api.Test;

class OwnedShardsTest {
  private final OwnedShards owner = new OwnedShards();

  @Test
  void theRoundBeforeIsThereUntilTheNextButOneBegins() {
    owner.add(contribution(new RoundKey(1, 0, 0), 1f));
    owner.add(contribution(new RoundKey(1, 1, 0), 2f));
    assertThat(mean(new RoundKey(1, 0, 0))).isEqualTo(1f);
    assertThat(mean(new RoundKey(1, 1, 0))).isEqualTo(2f);
    owner.add(contribution(new RoundKey(1, 2, 0), 3f));
    assertThatThrownBy(() -> mean(new RoundKey(1, 0, 0)))
        .isInstanceOf(LostShards.class)
        .hasMessageContaining("was not reduced here");
  }

  @Test
  void anotherTryReplacesTheFirstAndKeepsTheRoundBefore() {
    owner.add(contribution(new RoundKey(1, 0, 0), 1f));
    owner.add(contribution(new RoundKey(1, 1, 0), 2f));
    owner.add(contribution(new RoundKey(1, 1, 1), 2f));
    assertThat(mean(new RoundKey(1, 0, 0))).isEqualTo(1f);
    assertThatThrownBy(() -> owner.add(contribution(new RoundKey(1, 1, 0), 2f)))
        .isInstanceOf(LostShards.class)
        .hasMessageContaining("has begun");
  }

  @Test
  void whatIsLeftAwayIsTakenFromTheRoundBefore() {
    owner.add(contribution(new RoundKey(1, 0, 0), 5f));
    owner.add(nothingTravels(new RoundKey(1, 1, 0)));
    assertThat(mean(new RoundKey(1, 1, 0))).isEqualTo(5f);
  }

  @Test
  void whatIsLeftAwayIsMissedWhereTheRoundBeforeDidNotLand() {
    assertThatThrownBy(() -> owner.add(nothingTravels(new RoundKey(1, 1, 0))))
        .isInstanceOf(LostShards.class)
        .hasMessageContaining("the round before was not reduced here");
  }

  private float mean(RoundKey key) {
    return owner.mean(key, 0).head(1)[0];
  }

  private static Contribution contribution(RoundKey key, float value) {
    ShardHeader shared = new ShardHeader(ShardBits.all(1), List.of(), Optional.empty());
    return new Contribution(
        new ContributionHeader(key, 0, 1, 1, 0, 1, Optional.of(shared)),
        FloatBuffer.wrap(new float[] {value}));
  }

  private static Contribution nothingTravels(RoundKey key) {
    ShardHeader shared =
        new ShardHeader(new ShardBits(new long[] {0}, 1), List.of(), Optional.empty());
    return new Contribution(
        new ContributionHeader(key, 0, 1, 1, 0, 1, Optional.of(shared)), FloatBuffer.allocate(0));
  }
}
