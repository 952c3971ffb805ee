package org.espalier.jobs.run;

import java.util.Locale;
import org.espalier.averaging.PhaseTotals;
import org.espalier.averaging.RoundSummary;
import org.espalier.experiment.Experiment;
import org.espalier.experiment.RunListener;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Progress;

/** Shows how far a run is. */
final class TrainingProgress implements RunListener {
  private final Console console;
  private Progress progress;
  private long start;
  private long rows;
  private PhaseTotals phases = new PhaseTotals();

  TrainingProgress(Console console) {
    this.console = console;
  }

  @Override
  public void resumed(long step, Experiment experiment) {
    console.note(
        "run: %s goes on from its checkpoint of step %,d".formatted(experiment.name(), step));
  }

  @Override
  public void warned(String sentence) {
    if (progress != null) {
      progress.done();
    }
    console.note("warning: " + sentence);
  }

  @Override
  public void roundDone(RoundSummary round, Experiment experiment) {
    if (progress == null) {
      progress = console.progress(experiment.methodName() + " step");
      start = System.nanoTime();
    } else {
      rows += round.weight();
    }
    phases.add(round);
    double seconds = (System.nanoTime() - start) * 1e-9;
    progress.at(
        round.round().end(),
        experiment.steps(),
        String.format(
            Locale.ROOT,
            "loss %.4f, sparsity %.1f %%, %.0f examples/s",
            round.loss(),
            100 * round.sparsity(),
            rows / Math.max(seconds, 1e-9)));
  }

  @Override
  public void evaluating(Experiment experiment) {
    if (progress != null) {
      progress.done();
      progress = null;
      console.note("phases: " + phases);
      phases.shortageOfData().ifPresent(this::warned);
      rows = 0;
      phases = new PhaseTotals();
    }
  }
}
