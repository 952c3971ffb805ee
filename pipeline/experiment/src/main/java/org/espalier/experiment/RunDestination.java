package org.espalier.experiment;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.results.FinishedFolder;
import org.espalier.storage.Publication;

/**
 * The folder that a run publishes, which is told from that of another run by the whole hash of the
 * configuration: the name holds its first digits only.
 */
record RunDestination(Experiment experiment, Path folder, Configuration hadoop) {

  /**
   * Whether the run is there, finished.
   *
   * @throws Refusal if another run of the same name is
   */
  boolean isFinished() {
    Optional<FinishedFolder> found = FinishedFolder.find(folder, hadoop);
    found.map(finished -> finished.manifest().run().hash()).ifPresent(this::requireOwn);
    return found.isPresent();
  }

  /**
   * Checks, without leaving a trace, that the run can be published.
   *
   * @throws Refusal if the folder exists or cannot be written
   */
  void requireFree() {
    if (isFinished()) {
      throw new Refusal(
          "Cannot write to %s: the run is finished already; choose another output or remove it first."
              .formatted(folder));
    }
    Publication.rehearse(folder, hadoop);
  }

  private void requireOwn(String hash) {
    if (!hash.equals(experiment.hash())) {
      throw new Refusal(
          "Cannot write to %s: it holds another run with the same name, whose configuration has the hash %s and not %s; choose another output."
              .formatted(folder, hash, experiment.hash()));
    }
  }
}
