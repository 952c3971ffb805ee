package org.espalier.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.TrainingState;
import org.espalier.datasets.Dataset;
import org.espalier.engine.replica.EvaluationReport;
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

/** The rows of results of one run: what was asked, what came out, and where it came from. */
record Row(
    RunIdentity run,
    Experiment experiment,
    Dataset evaluated,
    BuiltNetwork network,
    RunningPart part) {

  /** Rows of a run that is being done. */
  static Row of(Experiment experiment, BuiltNetwork network, RunningPart part) {
    RunIdentity run = new RunIdentity(experiment.name(), experiment.hash());
    return new Row(run, experiment, experiment.dataset(), network, part);
  }

  /** The row of one operating point. */
  OperatingPoint finished(TrainingState trained, Operating operating, EvaluationReport report) {
    MaskSet masks = operating.state().masks();
    ModelHashes hashes =
        new ModelHashes(
            Optional.of(trained.vector().headSha256(network.parameters())),
            Optional.of(masks.sha256()));
    return point(
        operating.threshold(),
        Measurement.finished(report.accuracy(), report.loss(), size(masks)),
        hashes);
  }

  /** The row of a run that has no operating point; its masks are those it was last trained with. */
  OperatingPoint diverged(Divergence divergence, MaskSet masks) {
    return point(
        OptionalDouble.empty(),
        Measurement.diverged(divergence.step(), divergence.loss(), size(masks)),
        new ModelHashes(Optional.empty(), Optional.empty()));
  }

  private OperatingPoint point(
      OptionalDouble threshold, Measurement measurement, ModelHashes hashes) {
    RunPart computed = part.upTo(experiment.steps());
    return new OperatingPoint(
        run,
        setting(threshold),
        measurement,
        new Provenance(
            experiment.configuration(),
            evaluated.hash(),
            computed.codeVersion(),
            computed.platform(),
            computed.execution(),
            hashes));
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
        experiment.knobs());
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
    return ModelSize.of(sizes, network.alwaysDense());
  }
}
