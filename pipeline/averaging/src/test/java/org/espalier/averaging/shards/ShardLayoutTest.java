package org.espalier.averaging.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.engine.replica.RunningMoments;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.replica.VectorLayout.MaskedEntries;
import org.junit.jupiter.api.Test;

class ShardLayoutTest {
  @Test
  void shardsAreContiguousAndNearlyEqual() {
    ShardLayout layout = ShardLayout.of(vector(1000), 3);
    assertThat(layout.shards()).isEqualTo(3);
    assertThat(layout.start(0)).isZero();
    assertThat(layout.start(1)).isEqualTo(333);
    assertThat(layout.start(2)).isEqualTo(666);
    assertThat(layout.size(2)).isEqualTo(334);
    assertThat(layout.length()).isEqualTo(1000);
  }

  @Test
  void longVectorsAreCutWhateverTheNumberOfLandings() {
    ShardLayout layout = ShardLayout.of(vector(25_600_000), 1);
    assertThat(layout.shards()).isEqualTo(25);
    assertThat(layout.longest()).isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void aVectorIsNotCutIntoMoreShardsThanItHasValues() {
    assertThat(ShardLayout.of(vector(2), 8).shards()).isEqualTo(2);
  }

  @Test
  void meansAndTheirSpreadsStayTogether() {
    RunningMoments moments = new RunningMoments(400, 450, 50, RunningMoments.Form.VARIANCE);
    ShardLayout layout = ShardLayout.of(vector(1000, moments), 2);
    // An even cut would be at 500, which is the end of the moments; at 480 it is moved.
    assertThat(layout.start(1)).isEqualTo(500);
    RunningMoments later = new RunningMoments(440, 480, 40, RunningMoments.Form.VARIANCE);
    assertThat(ShardLayout.of(vector(1000, later), 2).start(1)).isEqualTo(440);
  }

  private static VectorLayout vector(int length, RunningMoments... moments) {
    return new VectorLayout(length, length, List.of(), List.of(moments), MaskedEntries.AGREE);
  }
}
