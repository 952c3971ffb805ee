package org.espalier.experiment.reversal;

import java.util.Optional;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.replica.Judge;
import org.espalier.tasks.MinibatchDecoder;
import org.espalier.tasks.SplitSums;
import org.espalier.tasks.Task;

/** The task of writing a string of digits from its end to its beginning. */
final class StringReversal implements Task {
  @Override
  public RowKind rows(Dataset data, Settings settings) {
    return DigitStrings.of(data);
  }

  @Override
  public MinibatchDecoder<?> decoder(
      RowKind rows, Settings settings, Optional<SplitSums> sums, int batch) {
    return new StringDecoder(batch, (DigitStrings) rows);
  }

  @Override
  public Judge judge() {
    return new TokenJudge();
  }
}
