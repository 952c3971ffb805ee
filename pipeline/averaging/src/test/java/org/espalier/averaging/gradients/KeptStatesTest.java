package org.espalier.averaging.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.SmallNetwork;
import org.junit.jupiter.api.Test;

class KeptStatesTest {
  private static final UpdatePlan PLAN =
      UpdatePlan.elsewhere(SmallNetwork.graph(SmallNetwork.optimiser(SmallNetwork.ADAM, 0.01, 0)));

  @Test
  void anotherCutOfTheParametersBeginsWithWhatWasKept() {
    int parameters = parameters();
    FlatVector vector = random(3 * parameters);
    int cut = parameters / 3;
    ShardState left = kept(vector, 0, cut);
    ShardState right = kept(vector, cut, parameters - cut);
    int from = cut / 2;
    int count = parameters - cut;
    try (ShardOptimiser other = new ShardOptimiser(PLAN, from, count)) {
      load(other, left, from, cut - from);
      load(other, right, cut, from + count - cut);
      FloatBuffer read = FloatBuffer.allocate(3 * count);
      other.read(read);
      assertThat(read.position()).isEqualTo(3 * count);
      read.flip();
      for (ShardOptimiser.Range range : other.ranges()) {
        for (int i = 0; i < range.length(); i++) {
          assertThat(read.get()).isEqualTo(vector.values().get(range.start() + i));
        }
      }
    }
  }

  @Test
  void theStatesOfTwoVisitsAreKeptUntilEverybodyHasTheNewer() {
    KeptStates kept = new KeptStates();
    for (long step : new long[] {10, 20, 30}) {
      kept.keep(new ShardState(step, 0, 8, kept.memory(100)));
      kept.keep(new ShardState(step, 8, 8, kept.memory(100)));
    }
    assertThat(kept.of(30, 8, 4).start()).isEqualTo(8);
    assertThat(kept.of(20, 2, 6).start()).isZero();
    assertThatThrownBy(() -> kept.of(10, 0, 8))
        .isInstanceOf(LostShards.class)
        .hasMessage(
            "Cannot find the state of parameters 0 to 7 after step 10: it is not kept here");
    kept.dropOthers(30);
    assertThatThrownBy(() -> kept.of(20, 0, 8)).isInstanceOf(LostShards.class);
    assertThat(kept.of(30, 0, 8).step()).isEqualTo(30);
  }

  @Test
  void aPinnedStateStaysAndItsMemoryIsNotUsedForAnother() {
    KeptStates kept = new KeptStates();
    ByteBuffer pinned = kept.memory(64).putInt(0, 17);
    kept.keep(new ShardState(10, 0, 8, pinned));
    kept.pin(10);
    for (long step : new long[] {20, 30, 40}) {
      kept.keep(new ShardState(step, 0, 8, kept.memory(64).putInt(0, 99)));
      kept.dropOthers(step);
    }
    assertThat(kept.of(10, 0, 8).values()).isSameAs(pinned);
    assertThat(pinned.getInt(0)).isEqualTo(17);
    assertThatThrownBy(() -> kept.of(20, 0, 8)).isInstanceOf(LostShards.class);
    kept.unpin(10);
    kept.dropOthers(40);
    assertThatThrownBy(() -> kept.of(10, 0, 8)).isInstanceOf(LostShards.class);
  }

  @Test
  void aPinnedStateThatIsKeptAgainLeavesItsMemoryToWhoReadsIt() {
    KeptStates kept = new KeptStates();
    ByteBuffer read = kept.memory(64);
    kept.keep(new ShardState(10, 0, 8, read));
    kept.pin(10);
    kept.keep(new ShardState(10, 0, 8, kept.memory(64)));
    assertThat(kept.memory(64)).isNotSameAs(read);
  }

  @Test
  void memoryIsUsedAgain() {
    KeptStates kept = new KeptStates();
    ByteBuffer first = kept.memory(64);
    kept.keep(new ShardState(1, 0, 4, first));
    kept.keep(new ShardState(2, 0, 4, kept.memory(64)));
    kept.dropOthers(2);
    assertThat(kept.memory(64)).isSameAs(first);
  }

  private static void load(ShardOptimiser target, ShardState state, int from, int count) {
    target.load(PLAN, from, count, FlatVector.floats(state.part(PLAN, from, count)));
  }

  private static ShardState kept(FlatVector vector, int start, int length) {
    try (ShardOptimiser optimiser = new ShardOptimiser(PLAN, start, length)) {
      optimiser.load(vector.values());
      return ShardState.of(7, start, optimiser, ByteBuffer.allocate(ShardState.bytes(optimiser)));
    }
  }

  private static int parameters() {
    List<UpdatePlan.Part> parts = PLAN.parts();
    return parts.stream().mapToInt(part -> part.offset() + part.length()).max().orElseThrow();
  }

  private static FlatVector random(int length) {
    Random random = new Random(3);
    return FlatVector.filled(
        length,
        values -> {
          for (int i = 0; i < length; i++) {
            values.put(i, random.nextFloat());
          }
        });
  }
}
