package org.espalier.experiment;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.results.RunHistory;

/**
 * The decision where a run begins: at step 0, or at a checkpoint of an earlier try.
 *
 * @param experiment the run
 * @param start what was asked for
 * @param folder the one that the run will publish
 * @param checkpoints the run's
 */
record Resumption(
    Experiment experiment, Checkpointing.StartPolicy start, Path folder, Checkpoints checkpoints) {

  static Resumption of(
      Experiment experiment, Checkpointing.StartPolicy start, Path folder, Configuration hadoop) {
    return new Resumption(experiment, start, folder, Checkpoints.of(folder, hadoop));
  }

  /**
   * The checkpoint to go on from; nothing for step 0.
   *
   * @param network what is trained
   * @param hears of damaged checkpoints
   * @throws Refusal if a checkpoint would be lost, or one is asked for and there is none, or it
   *     cannot be read, or is not of this run
   */
  Optional<Checkpoint> checkpoint(
      BuiltNetwork network, Consumer<String> hears, Configuration hadoop) {
    if (start == Checkpointing.StartPolicy.AFRESH) {
      requireNothingLost();
      return Optional.empty();
    }
    Optional<Checkpoint> newest = checkpoints.newest(hears);
    newest.ifPresent(checkpoint -> requireOwn(checkpoint, network));
    if (newest.isEmpty() && start == Checkpointing.StartPolicy.RESUMED) {
      throw checkpoints.newestStep().isPresent() ? onlyDamaged() : nothing(hadoop);
    }
    return newest;
  }

  private void requireNothingLost() {
    checkpoints
        .newestStep()
        .ifPresent(
            step -> {
              throw new Refusal(
                  "Cannot start the run afresh: %s holds what an earlier try did up to step %d; go on from it with --resume, or remove it."
                      .formatted(checkpoints.folder(), step));
            });
  }

  private void requireOwn(Checkpoint checkpoint, BuiltNetwork network) {
    RunHistory run = checkpoint.run();
    if (!run.hash().equals(experiment.hash())) {
      throw new Refusal(
          "Cannot go on from the checkpoints in %s: they are of another run with the same name, whose configuration has the hash %s and not %s; choose another output."
              .formatted(checkpoints.folder(), run.hash(), experiment.hash()));
    }
    int found = checkpoint.state().vector().length();
    int expected = network.initial().vector().length();
    if (found != expected) {
      throw new Refusal(
          "Cannot go on from the checkpoints in %s: they have %d values where the network has %d; go on with the Espalier that wrote them (%s), or remove them."
              .formatted(
                  checkpoints.folder(),
                  found,
                  expected,
                  run.parts().get(run.parts().size() - 1).codeVersion()));
    }
  }

  private Refusal onlyDamaged() {
    return new Refusal(
        "Cannot go on with %s: all checkpoints in %s are damaged; remove that folder and leave --resume out."
            .formatted(experiment.name(), checkpoints.folder()));
  }

  private Refusal nothing(Configuration hadoop) {
    Path output = folder.getParent();
    return new UnfinishedRuns(output, hadoop)
        .nearest(experiment.canonical())
        .map(
            nearby ->
                new Refusal(
                    "Cannot go on with %s: there is nothing to resume of it in %s; the nearest unfinished run there is %s at step %d, which differs in %s; use its values, or leave --resume out."
                        .formatted(
                            experiment.name(),
                            output,
                            nearby.checkpoint().run().name(),
                            nearby.checkpoint().state().step(),
                            nearby.differences().sentence())))
        .orElseGet(
            () ->
                new Refusal(
                    "Cannot go on with %s: there is nothing to resume in %s; leave --resume out."
                        .formatted(experiment.name(), output)));
  }
}
