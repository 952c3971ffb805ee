package org.espalier.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Metric;
import org.espalier.datasets.Dataset;
import org.espalier.engine.replica.Judge;
import org.espalier.results.Measurement;
import org.espalier.results.ModelHashes;
import org.espalier.results.ModelSize;
import org.espalier.results.OperatingPoint;
import org.espalier.results.Provenance;
import org.espalier.results.RunIdentity;
import org.espalier.results.RunPart;
import org.espalier.results.Setting;
import org.espalier.results.Sparsification;
import org.espalier.results.TensorSize;
import org.espalier.results.Training;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;

/**
 * The rows of results of one run: what was asked, what came out, and where it came from.
 *
 * @param run the run
 * @param experiment what it was asked to do
 * @param evaluated the dataset that its network is evaluated on
 * @param network its network
 * @param earlier the parts of the run that are done
 * @param part the part that is being computed: the run's last one, or an evaluation of a finished
 *     run
 */
record ResultRow(
    RunIdentity run,
    Experiment experiment,
    Dataset evaluated,
    BuiltNetwork network,
    List<RunPart> earlier,
    RunningPart part) {
  private static final String SIGNATURE = "bleu signature";
  private static final String TRAINED_ON = "trained on";
  private static final int HASH_DIGITS = 8;

  /** Rows of a run that is being done. */
  static ResultRow of(
      Experiment experiment, BuiltNetwork network, List<RunPart> earlier, RunningPart part) {
    RunIdentity run = new RunIdentity(experiment.name(), experiment.hash());
    return new ResultRow(run, experiment, experiment.dataset(), network, earlier, part);
  }

  /** The row of one operating point. */
  OperatingPoint finished(
      TrainingState trained, EvaluationPoint operating, Map<Metric, Double> metrics) {
    MaskSet masks = operating.weights().masks();
    ModelHashes hashes =
        new ModelHashes(
            Optional.of(trained.vector().headSha256(network.parameters())),
            Optional.of(masks.sha256()));
    return point(
        trained.step(),
        operating.threshold(),
        Measurement.finished(experiment.leading(), metrics, size(masks)),
        hashes);
  }

  /** The row of a run that has no operating point; its masks are those it was last trained with. */
  OperatingPoint diverged(Divergence divergence, MaskSet masks) {
    return point(
        divergence.step(),
        OptionalDouble.empty(),
        Measurement.diverged(divergence.step(), experiment.leading(), size(masks)),
        new ModelHashes(Optional.empty(), Optional.empty()));
  }

  /** The way in which the network is judged. */
  Judge judge() {
    return experiment.network().task().judge();
  }

  private OperatingPoint point(
      long lastStep, OptionalDouble threshold, Measurement measurement, ModelHashes hashes) {
    List<RunPart> parts = new ArrayList<>(earlier);
    parts.add(part.upTo(lastStep));
    return new OperatingPoint(
        run,
        setting(threshold),
        measurement,
        new Provenance(experiment.configuration(), evaluated.hash(), parts, hashes));
  }

  private Setting setting(OptionalDouble threshold) {
    OptionalDouble target =
        experiment.targetSparsity() > 0
            ? OptionalDouble.of(experiment.targetSparsity())
            : OptionalDouble.empty();
    return new Setting(
        experiment.network().name(),
        evaluated.manifest().name(),
        new Sparsification(
            experiment.methodName(), target, threshold, experiment.maskedGradient().toString()),
        new Training(
            experiment.seed(),
            experiment.workers(),
            experiment.batch(),
            experiment.averagingFrequency(),
            experiment.steps(),
            experiment.epochs()),
        notes());
  }

  /** The run's knobs; on other data also what it was trained on, which no column has then. */
  private Map<String, String> notes() {
    Map<String, String> notes = new TreeMap<>(experiment.knobs());
    experiment
        .sentenceSearch()
        .ifPresent(search -> notes.put(SIGNATURE, PointTranslations.signature()));
    Dataset trainedOn = experiment.dataset();
    if (!trainedOn.hash().equals(evaluated.hash())) {
      notes.put(
          TRAINED_ON,
          trainedOn.manifest().name() + " " + trainedOn.hash().substring(0, HASH_DIGITS));
    }
    return notes;
  }

  private ModelSize size(MaskSet masks) {
    List<TensorSize> sizes = new ArrayList<>();
    for (SparseTensor tensor : network.tensors()) {
      sizes.add(
          new TensorSize(
              tensor.name(),
              tensor.outputs() + "x" + tensor.columns(),
              tensor.length(),
              masks.mask(tensor.name()).kept()));
    }
    return ModelSize.of(sizes, network.alwaysDense()).costing(network.weights().inference(masks));
  }
}
