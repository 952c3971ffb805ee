package org.espalier.averaging.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.engine.replica.VectorLayout;
import org.junit.jupiter.api.Test;

class RoundVectorTest {
  private final List<RoundKey> fetched = new ArrayList<>();
  private final Set<RoundKey> lost = new java.util.HashSet<>();
  private final RoundVector vector = new RoundVector(this::fetch);

  @Test
  void anAverageIsFetchedOnce() {
    vector.tryAfter(round(3, 0));
    assertThat(vector.after(round(3, 0)).get(0)).isEqualTo(3f);
    assertThat(fetched).hasSize(1);
  }

  @Test
  void anOlderRoundIsRefusedAndLeavesWhatRunningTasksRead() {
    FloatBuffer running = vector.after(round(4, 1));
    assertThatThrownBy(() -> vector.after(round(3, 0)))
        .isInstanceOf(LostShards.class)
        .hasMessage(
            "Cannot begin with the average of %s: that of %s has taken its place"
                .formatted(new RoundKey(7, 3, 0), new RoundKey(7, 4, 1)));
    assertThatThrownBy(() -> vector.after(round(4, 0))).isInstanceOf(LostShards.class);
    vector.tryAfter(round(3, 0));
    assertThat(running.get(0)).isEqualTo(4f);
    assertThat(fetched).hasSize(1);
  }

  @Test
  void anOlderRoundIsRefusedWhereTheNewerCouldNotBeFetched() {
    lost.add(new RoundKey(7, 4, 0));
    assertThatThrownBy(() -> vector.after(round(4, 0))).hasMessage("gone");
    assertThatThrownBy(() -> vector.after(round(3, 0))).hasMessageContaining("taken its place");
    lost.clear();
    assertThat(vector.after(round(4, 0)).get(0)).isEqualTo(4f);
  }

  @Test
  void roundsAreOrderedByRunRoundAndTry() {
    List<RoundKey> inOrder =
        List.of(
            new RoundKey(1, 5, 3),
            new RoundKey(2, 0, 1),
            new RoundKey(2, 1, 0),
            new RoundKey(2, 1, 1));
    List<RoundKey> sorted = new ArrayList<>(inOrder);
    java.util.Collections.reverse(sorted);
    sorted.sort(null);
    assertThat(sorted).isEqualTo(inOrder);
  }

  private void fetch(ReducedRound round, ByteBuffer target) {
    if (lost.contains(round.key())) {
      throw new LostShards("gone");
    }
    fetched.add(round.key());
    target.order(ByteOrder.LITTLE_ENDIAN).putFloat(0, (float) round.key().round());
  }

  private static ReducedRound round(long index, int attempt) {
    VectorLayout one =
        new VectorLayout(1, 1, List.of(), List.of(), VectorLayout.MaskedEntries.AGREE);
    return new ReducedRound(new RoundKey(7, index, attempt), ShardLayout.of(one, 1), List.of());
  }
}
