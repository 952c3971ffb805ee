package org.espalier.jobs.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What failures cost, against the mean where they are rare. */
class FailuresTest {
  private static final Percentage SAMPLED = Percentage.withPercentage(4);
  private final Failures failures = new Failures(100, 10, 60, 300, 1);

  @Test
  void aStretchIsRepeatedByHalfInTheMean() {
    double lost = failures.lostPerHour(new Failures.Recovery(1, 3, 2, 0, 0));
    assertThat(lost).isCloseTo((10 + 2 + 1.5) / 100, SAMPLED);
  }

  @Test
  void whoNeedsACheckpointRepeatsWhatCameAfterIt() {
    double lost = failures.lostPerHour(Failures.Recovery.byCheckpoint(1));
    assertThat(lost).isCloseTo((10 + 60 + 150) / 100.0, SAMPLED);
  }

  @Test
  void moreHostsFailMoreOften() {
    double few = failures.lostPerHour(Failures.Recovery.byCheckpoint(10));
    double many = failures.lostPerHour(Failures.Recovery.byCheckpoint(1000));
    assertThat(many).isGreaterThan(50 * few);
    assertThat(many).isLessThan(3600);
  }

  @Test
  void aFractionOfFailuresMayNeedACheckpoint() {
    double lost = failures.lostPerHour(new Failures.Recovery(1, 1e-3, 0, 0.25, 0.25));
    assertThat(lost).isCloseTo((10 + 0.25 * (60 + 150)) / 100, SAMPLED);
  }

  @Test
  void anOwnerAndItsNeighbourLostAtOnceNeedACheckpoint() {
    double often = failures.lostPerHour(new Failures.Recovery(4_000, 3, 2, 0, 1));
    double never = failures.lostPerHour(new Failures.Recovery(4_000, 3, 2, 0, 0));
    assertThat(often).isGreaterThan(2 * never);
  }
}
