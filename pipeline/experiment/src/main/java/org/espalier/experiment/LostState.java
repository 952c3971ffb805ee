package org.espalier.experiment;

import java.time.Duration;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.RunFailure;

/** The failure of a run whose executors have lost the state of some parameters. */
final class LostState {
  private LostState() {}

  /**
   * The failure with what to do about it.
   *
   * @param step number of steps that were done
   * @param checkpoints those of the run
   * @param every time between two of them
   */
  static RunFailure withRemedy(
      RunFailure lost, long step, Checkpoints checkpoints, Duration every) {
    Failure failure = lost.failure();
    String remedy =
        checkpoints
            .newestStep()
            .map(saved -> resume(saved, step))
            .orElseGet(() -> beginAgain(every));
    String sentence = failure.sentence() + "; " + remedy;
    return new RunFailure(new Failure(failure.kind(), failure.executor(), sentence), lost);
  }

  private static String resume(long saved, long step) {
    String goOn = "go on from the checkpoint of step %d with --resume.".formatted(saved);
    return saved < step
        ? "steps %d to %d have to be done again: %s".formatted(saved + 1, step, goOn)
        : goOn;
  }

  private static String beginAgain(Duration every) {
    return "no checkpoint has been written, which is tried every %d s: begin again, with a smaller --checkpoint-minutes if the run may lose executors more often."
        .formatted(every.toSeconds());
  }
}
