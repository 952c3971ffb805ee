package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundPlanTest {
  @Test
  void roundsEndAtMultiplesOfTheFrequencyAndTheLastOneMayBeShort() {
    assertThat(ends(new RoundPlan(10, 4, step -> false), 0)).containsExactly(4L, 8L, 10L);
  }

  @Test
  void aMaskUpdateCutsARound() {
    assertThat(ends(new RoundPlan(10, 4, step -> step == 5), 0)).containsExactly(4L, 5L, 8L, 10L);
  }

  @Test
  void aRunThatGoesOnFollowsTheSameCuts() {
    assertThat(ends(new RoundPlan(10, 4, step -> false), 5)).containsExactly(8L, 10L);
  }

  @Test
  void roundsCoverEveryStepOnce() {
    List<Round> rounds = rounds(new RoundPlan(103, 7, step -> step % 10 == 0), 0);
    long next = 0;
    for (Round round : rounds) {
      assertThat(round.firstStep()).isEqualTo(next);
      next = round.end();
    }
    assertThat(next).isEqualTo(103);
  }

  @Test
  void aFrequencyOfZeroIsAnError() {
    assertThatThrownBy(() -> new RoundPlan(10, 0, step -> false))
        .hasMessage("Cannot plan 10 steps averaged every 0: both must be at least 1");
  }

  private static List<Long> ends(RoundPlan plan, long from) {
    return rounds(plan, from).stream().map(Round::end).toList();
  }

  private static List<Round> rounds(RoundPlan plan, long from) {
    List<Round> rounds = new ArrayList<>();
    plan.from(from).forEachRemaining(rounds::add);
    return rounds;
  }
}
