package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.engine.tensor.MultiplyAdds;
import org.junit.jupiter.api.Test;

class PhaseTotalsTest {
  private static final String TIMES =
      "1 rounds in 10.0 s: 10 % data, 20 % compute, 0 % gather, 0 % reduce, 0 % broadcast,"
          + " 0 % masks, 70 % scheduling; 0 % waiting for the slowest";

  @Test
  void theArithmeticOfAllRoundsIsTold() {
    PhaseTotals totals = new PhaseTotals();
    totals.add(round(new MultiplyAdds(800_000_000_000L, 0, 0, List.of())));
    totals.add(round(new MultiplyAdds(434_000_000_000L, 7_000_000_000_000L, 0, List.of("fc1/W"))));
    assertThat(totals).asString().endsWith("; 1.23e12 multiply-adds done, 85.0 % left out");
  }

  @Test
  void nothingIsSaidToBeLeftOutWhereNothingIs() {
    PhaseTotals totals = new PhaseTotals();
    totals.add(round(new MultiplyAdds(123_456, 0, 0, List.of())));
    assertThat(totals).hasToString(TIMES + "; 1.23e5 multiply-adds done");
  }

  @Test
  void whereNothingIsCountedNothingIsTold() {
    PhaseTotals totals = new PhaseTotals();
    totals.add(round(MultiplyAdds.NONE));
    assertThat(totals).hasToString(TIMES);
  }

  @Test
  void aRunThatWaitsForDataIsToldSo() {
    PhaseTotals totals = new PhaseTotals();
    totals.add(round(MultiplyAdds.NONE));
    assertThat(totals.shortageOfData()).isEmpty();
    totals.add(round(MultiplyAdds.NONE, 4.6));
    assertThat(totals.shortageOfData())
        .hasValue(
            "Reading and decoding limits this run: 28 % of its time (5.6 s) passed in waiting for"
                + " batches; give executors more cores, or prepare smaller images, such as by prepare"
                + " imagenet --resize 256.");
  }

  private static RoundSummary round(MultiplyAdds multiplyAdds) {
    return round(multiplyAdds, 1);
  }

  private static RoundSummary round(MultiplyAdds multiplyAdds, double data) {
    return new RoundSummary(
        new Round(0, 0, 2),
        40,
        1,
        0,
        10,
        new RoundPhases(data, 2, 0, 0, 0, 0, 0, 0),
        5,
        6,
        multiplyAdds,
        0,
        new WorkerReport(0, "1", 0, 40, 1, 0, 1, 2, 0, 5, 6, multiplyAdds));
  }
}
