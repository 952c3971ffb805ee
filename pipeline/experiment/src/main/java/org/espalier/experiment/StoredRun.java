package org.espalier.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.datasets.Dataset;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.results.FinishedFolder;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsFile;
import org.espalier.results.ResultsTable;
import org.espalier.results.RunHistory;
import org.espalier.results.RunIdentity;
import org.espalier.results.RunManifest;
import org.espalier.results.RunPart;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;

/**
 * A finished run, read from the folder that it published; every file is compared with the folder's
 * manifest.
 */
public final class StoredRun {
  private final FinishedFolder folder;
  private final Configuration hadoop;
  private OperatingPoint point; // Read when it is first asked for.

  private StoredRun(FinishedFolder folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /**
   * The run in this folder.
   *
   * @throws Refusal if there is none, or it is not finished
   */
  public static StoredRun in(Path folder, Configuration hadoop) {
    FinishedFolder finished = FinishedFolder.open(folder, hadoop);
    if (finished.manifest().kind() != RunManifest.Kind.RUN) {
      throw new Refusal(
          "Cannot read a run from %s: it is an export of %s; name the folder of the run itself."
              .formatted(folder, finished.manifest().run().name()));
    }
    return new StoredRun(finished, hadoop);
  }

  /** Which run it is, and its parts. */
  public RunHistory history() {
    return folder.manifest().run();
  }

  /**
   * The configuration that it was run with, defaults included.
   *
   * @throws Refusal if it is missing or damaged
   */
  public Config configuration() {
    try {
      return ConfigFactory.parseString(folder.text(RunFiles.CONFIGURATION)).resolve();
    } catch (ConfigException e) {
      throw new Refusal(
          "Cannot read the configuration of %s: %s; restore the file %s."
              .formatted(folder.path(), e.getMessage(), RunFiles.CONFIGURATION),
          e);
    }
  }

  /**
   * The experiment that it was, for another evaluation.
   *
   * @param data the dataset it is to be evaluated on, where it is not the run's own at its old
   *     place
   * @param thresholds as a user writes them, where they are not the run's own
   * @throws Refusal if the run has no network, its dataset is not what it was trained on, or it
   *     takes no thresholds
   */
  public Experiment experiment(Optional<Dataset> data, Optional<String> thresholds) {
    Config config = configuration();
    if (thresholds.isPresent()) {
      config = with(config, VariationalDropout.THRESHOLDS, thresholds.get());
    }
    ExperimentSettings.of(config);
    String trainedOn = finished().provenance().dataHash();
    if (data.isPresent() && data.get().hash().equals(trainedOn)) {
      config = with(config, ExperimentKeys.DATA, data.get().root());
    }
    Experiment experiment = Experiment.resolve(config, hadoop);
    if (!experiment.dataset().hash().equals(trainedOn)) {
      throw new Refusal(
          "Cannot evaluate %s: %s is not the dataset that it was trained on (its hash is %s and not %s); put that one back, or name where it lies now with --data."
              .formatted(
                  folder.path(),
                  experiment.dataset().root(),
                  experiment.dataset().hash(),
                  trainedOn));
    }
    return experiment;
  }

  private static Config with(Config config, Key<?> key, String value) {
    return config.withValue(key.path(), ConfigValueFactory.fromAnyRef(value));
  }

  /** Its name and hash. */
  RunIdentity identity() {
    return finished().run();
  }

  /** Its parts, in their order. */
  List<RunPart> parts() {
    return finished().provenance().parts();
  }

  /**
   * Its first row of results.
   *
   * @throws Refusal if it diverged and left no network
   */
  private OperatingPoint finished() {
    if (point == null) {
      point =
          requireFinished(
              ResultsTable.read(new Path(folder.path(), ResultsFile.NAME), hadoop).rows().get(0));
    }
    return point;
  }

  private OperatingPoint requireFinished(OperatingPoint first) {
    first
        .measurement()
        .divergedAtStep()
        .ifPresent(
            step -> {
              throw new Refusal(
                  "Cannot read a trained network from %s: the run diverged at step %d and left none; name one that came to its end."
                      .formatted(folder.path(), step));
            });
    return first;
  }

  /**
   * Its raw parameters, a second one per weight included where weights were drawn.
   *
   * @throws Refusal if they are not those that the run published
   */
  FlatVector parameters() {
    requireTrained();
    return FlatVector.wrap(folder.bytes(RunFiles.PARAMETERS));
  }

  /** The masks that it was trained with. */
  MaskSet masks() {
    return MaskFile.decode(folder.bytes(RunFiles.MASKS), folder.path().toString());
  }

  /**
   * The network as a sparse one of plain weights.
   *
   * @param threshold on log alpha, for variational dropout; absent for every other method
   * @throws Refusal if a file is missing or damaged, or the threshold does not go with the method
   */
  public SparseModel model(OptionalDouble threshold) {
    return new StoredModel(this, folder).at(threshold);
  }

  /**
   * The translator of text that it trained.
   *
   * @param threshold on log alpha, for variational dropout; absent for every other method
   * @throws Refusal if its network does not write sentences, a file is missing or damaged, its
   *     vocabulary is not that of the data it was trained on, or the threshold does not go with the
   *     method
   */
  public TrainedTranslator translator(OptionalDouble threshold) {
    return TrainedTranslator.of(this, folder, threshold);
  }

  /** Checks that it came to its end. */
  void requireTrained() {
    finished();
  }
}
