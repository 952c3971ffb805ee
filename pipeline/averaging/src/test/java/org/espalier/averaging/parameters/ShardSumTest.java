package org.espalier.averaging.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.RunningMoments;
import org.junit.jupiter.api.Test;

class ShardSumTest {
  private static final RoundKey KEY = new RoundKey(1, 0, 0);

  @Test
  void theMeanIsWeightedByExamples() {
    ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
    sum.add(contribution(2, 0, 1, 1f, 10f));
    sum.add(contribution(2, 1, 3, 5f, 20f));
    assertThat(values(sum)).containsExactly(4f, 17.5f);
  }

  @Test
  void aWorkerWithoutExamplesCountsForNothing() {
    ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
    sum.add(contribution(2, 0, 3, 5f));
    sum.add(contribution(2, 1, 0));
    assertThat(values(sum)).containsExactly(5f);
  }

  @Test
  void theOrderOfArrivalDoesNotShowInABit() {
    float[] values = {1e8f, 1.2345678f, -1e8f, 3.3333333f};
    int[][] arrivals = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};
    float[] first = null;
    for (int[] arrival : arrivals) {
      ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
      for (int worker : arrival) {
        sum.add(contribution(4, worker, worker + 1, values[worker]));
      }
      first = first == null ? values(sum) : first;
      assertThat(values(sum)).containsExactly(first);
    }
  }

  @Test
  void aRetriedOrSpeculatedWorkerCountsOnce() {
    ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
    sum.add(contribution(3, 0, 1, 1f));
    sum.add(contribution(3, 0, 1, 1f));
    sum.add(contribution(3, 2, 1, 4f));
    sum.add(contribution(3, 2, 1, 4f));
    sum.add(contribution(3, 1, 1, 4f));
    sum.add(contribution(3, 1, 1, 4f));
    assertThat(values(sum)).containsExactly(3f);
  }

  @Test
  void thereIsNoMeanUntilAllWorkersAreThere() {
    ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
    sum.add(contribution(2, 1, 1, 1f));
    assertThat(sum.mean()).isEmpty();
    sum.add(contribution(2, 0, 1, 1f));
    assertThat(sum.mean()).isPresent();
  }

  @Test
  void whatDoesNotTravelIsTheLeads() {
    ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
    sum.add(masked(0, Optional.of(FloatBuffer.wrap(new float[] {7, 8})), 1f, 2f));
    sum.add(masked(1, Optional.empty(), 3f, 6f));
    assertThat(values(sum)).containsExactly(7, 2, 8, 4);
  }

  @Test
  void whatDidNotChangeStaysAsTheRoundBeganWithIt() {
    ShardSum sum = new ShardSum(0, () -> FlatVector.of(7, 0, 8, 0));
    sum.add(masked(0, Optional.empty(), 1f, 2f));
    sum.add(masked(1, Optional.empty(), 3f, 6f));
    assertThat(values(sum)).containsExactly(7, 2, 8, 4);
  }

  @Test
  void valuesThatAreNotThoseOfTheShardAreRefused() {
    ShardSum sum = new ShardSum(5, ShardSumTest::nothing);
    sum.add(contribution(2, 0, 1, 1f, 2f));
    assertThatThrownBy(() -> sum.add(contribution(2, 1, 1, 1f)))
        .hasMessage("Cannot average: worker 1 handed in 1 values of shard 5 where 2 travel");
  }

  @Test
  void whoIsRefusedIsWaitedFor() {
    ShardSum sum = new ShardSum(5, ShardSumTest::nothing);
    sum.add(contribution(2, 0, 1, 1f, 2f));
    assertThatThrownBy(() -> sum.add(contribution(2, 1, 1, 9f)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(sum.mean()).isEmpty();
    sum.add(contribution(2, 1, 1, 3f, 6f));
    assertThat(values(sum)).containsExactly(2f, 4f);
  }

  @Test
  void whoIsEarlyAndRefusedWhenTheLeadComesIsWaitedForToo() {
    ShardSum sum = new ShardSum(5, ShardSumTest::nothing);
    sum.add(contribution(3, 1, 1, 9f));
    sum.add(contribution(3, 2, 1, 5f, 8f));
    assertThatThrownBy(() -> sum.add(contribution(3, 0, 1, 1f, 2f)))
        .hasMessage("Cannot average: worker 1 handed in 1 values of shard 5 where 2 travel");
    assertThat(sum.mean()).isEmpty();
    sum.add(contribution(3, 1, 1, 3f, 8f));
    assertThat(values(sum)).containsExactly(3f, 6f);
  }

  @Test
  void aLeadThatIsRefusedLeavesNothingBehind() {
    ShardSum sum = new ShardSum(5, ShardSumTest::nothing);
    Contribution tooFew = masked(0, Optional.of(FloatBuffer.wrap(new float[] {7, 8})), 1f);
    assertThatThrownBy(() -> sum.add(tooFew))
        .hasMessage("Cannot average: worker 0 handed in 1 values of shard 5 where 2 travel");
    assertThatThrownBy(() -> sum.add(new Contribution(withoutLead(), FloatBuffer.allocate(2))))
        .hasMessage("Cannot average: worker 0 sent no header of the shard");
    sum.add(masked(0, Optional.of(FloatBuffer.wrap(new float[] {7, 8})), 1f, 2f));
    sum.add(masked(1, Optional.empty(), 3f, 6f));
    assertThat(values(sum)).containsExactly(7, 2, 8, 4);
  }

  @Test
  void workersThatDoNotKnowHowManyTheyAreAreRefused() {
    ShardSum sum = new ShardSum(5, ShardSumTest::nothing);
    sum.add(contribution(2, 0, 1, 1f));
    assertThatThrownBy(() -> sum.add(contribution(3, 1, 1, 1f)))
        .hasMessage("Cannot average: worker 1 of 3 handed in shard 5, which is of 2 workers");
    assertThatThrownBy(() -> sum.add(contribution(2, 2, 1, 1f)))
        .hasMessage("Cannot average: worker 2 of 2 handed in shard 5, which is of 2 workers");
    sum.add(contribution(2, 1, 1, 3f));
    assertThat(values(sum)).containsExactly(2f);
  }

  @Test
  void runningMomentsAreThoseOfAllExamplesTogether() {
    // 4 examples 0, 0, 2, 2 and 2 examples 5, 7: mean 16/6, variance 46/6 - (16/6)^2.
    RunningMoments moments = new RunningMoments(1, 2, 1, RunningMoments.Form.VARIANCE);
    ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
    sum.add(contribution(2, 0, 4, List.of(moments), 100f, 1f, 1f));
    sum.add(contribution(2, 1, 2, List.of(), 100f, 6f, 1f));
    double mean = 16 / 6.0;
    assertThat(values(sum))
        .containsExactly(100f, (float) mean, (float) ((8 + 25 + 49) / 6.0 - mean * mean));
  }

  @Test
  void logarithmsOfDeviationsAreMergedAsVariances() {
    RunningMoments moments = new RunningMoments(0, 1, 1, RunningMoments.Form.LOG10_DEVIATION);
    ShardSum sum = new ShardSum(0, ShardSumTest::nothing);
    sum.add(contribution(2, 0, 1, List.of(moments), 0f, 0f));
    sum.add(contribution(2, 1, 1, List.of(), 0f, 1f));
    float[] merged = values(sum);
    assertThat(Math.pow(10, 2 * merged[1])).isCloseTo(50.5, within(1e-4));
  }

  private static FlatVector nothing() {
    throw new LostShards("nothing came before");
  }

  private static Contribution contribution(
      int workers, int worker, long examples, float... values) {
    return contribution(workers, worker, examples, List.of(), values);
  }

  private static Contribution contribution(
      int workers, int worker, long examples, List<RunningMoments> moments, float... values) {
    Optional<ShardHeader> shared =
        worker == 0
            ? Optional.of(new ShardHeader(ShardBits.all(values.length), moments, Optional.empty()))
            : Optional.empty();
    return new Contribution(
        new ContributionHeader(KEY, 0, values.length, workers, worker, examples, shared),
        FloatBuffer.wrap(values));
  }

  /** Of four values the second and the fourth travel. */
  private static Contribution masked(int worker, Optional<FloatBuffer> others, float... values) {
    ShardBits bits = new ShardBits(new long[] {0b1010}, 4);
    Optional<ShardHeader> shared =
        worker == 0 ? Optional.of(new ShardHeader(bits, List.of(), others)) : Optional.empty();
    return new Contribution(
        new ContributionHeader(KEY, 0, 4, 2, worker, 1, shared), FloatBuffer.wrap(values));
  }

  private static ContributionHeader withoutLead() {
    return new ContributionHeader(KEY, 0, 4, 2, 0, 1, Optional.empty());
  }

  private static float[] values(ShardSum sum) {
    FlatVector mean = sum.mean().orElseThrow();
    return mean.head(mean.length());
  }
}
