package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedGroupTest {
  @Test
  void repetitionsDifferInNothingButTheSeed() {
    List<SeedGroup> groups =
        SeedGroup.of(
            List.of(
                SamplePoints.finished("magnitude", 0.9, 1, 0.98),
                SamplePoints.finished("magnitude", 0.95, 1, 0.97),
                SamplePoints.finished("magnitude", 0.9, 2, 0.99)));

    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).points()).hasSize(2);
    assertThat(groups.get(0).setting().training().seed()).isZero();
  }

  @Test
  void accuracyIsMeanLowestAndHighestOfTheRunsThatFinished() {
    SeedGroup group =
        SeedGroup.of(
                List.of(
                    SamplePoints.finished("magnitude", 0.9, 1, 0.96),
                    SamplePoints.diverged("magnitude", 0.9, 2, 10),
                    SamplePoints.finished("magnitude", 0.9, 3, 0.99)))
            .get(0);

    Spread accuracy = group.score().orElseThrow();
    assertThat(accuracy.mean()).isCloseTo(0.975, within(1e-15));
    assertThat(accuracy.min()).isEqualTo(0.96);
    assertThat(accuracy.max()).isEqualTo(0.99);
    assertThat(accuracy.count()).isEqualTo(2);
    assertThat(group.points()).hasSize(3);
  }

  @Test
  void anExperimentOfWhichEveryRunDivergedHasNoAccuracyButASparsity() {
    SeedGroup group = SeedGroup.of(List.of(SamplePoints.diverged("magnitude", 0.9, 2, 10))).get(0);

    assertThat(group.score()).isEmpty();
    assertThat(group.sparsity().mean()).isCloseTo(0.9, within(1e-9));
  }
}
