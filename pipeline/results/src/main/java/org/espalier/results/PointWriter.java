package org.espalier.results;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.espalier.base.Metric;

/** Lays an operating point out as a Parquet record of {@link ResultsSchema#SCHEMA}. */
final class PointWriter {
  private final Group row = new SimpleGroup(ResultsSchema.SCHEMA);

  private PointWriter() {}

  static Group row(OperatingPoint point) {
    PointWriter writer = new PointWriter();
    writer.run(point.run());
    writer.setting(point.setting());
    writer.measurement(point.measurement());
    writer.provenance(point.provenance());
    return writer.row;
  }

  private void run(RunIdentity run) {
    row.append("run", run.name()).append("run_hash", run.hash());
  }

  private void setting(Setting setting) {
    row.append("network", setting.network()).append("dataset", setting.dataset());
    Sparsification sparsification = setting.sparsification();
    row.append("method", sparsification.method());
    append("target_sparsity", sparsification.target());
    append("threshold", sparsification.threshold());
    row.append("masked_gradient", sparsification.maskedGradient());
    Training training = setting.training();
    row.append("seed", training.seed())
        .append("workers", training.workers())
        .append("batch", training.batch())
        .append("averaging_frequency", training.averagingFrequency())
        .append("steps", training.steps())
        .append("epochs", training.epochs());
    Group notes = row.addGroup("notes");
    for (Map.Entry<String, String> note : setting.notes().entrySet()) {
      notes.addGroup("key_value").append("key", note.getKey()).append("value", note.getValue());
    }
  }

  private void measurement(Measurement measurement) {
    row.append("status", measurement.status().label());
    append("diverged_at_step", measurement.divergedAtStep());
    row.append("leading_metric", measurement.leading().name());
    append("leading_value", measurement.score());
    metrics(measurement);
    ModelSize size = measurement.size();
    row.append("weights", size.weights())
        .append("kept_weights", size.kept())
        .append("always_dense_parameters", size.alwaysDense())
        .append("sparsity", size.sparsity())
        .append("parameters", size.parameters())
        .append("nonzero_parameters", size.nonZeroParameters());
    Group tensors = row.addGroup("tensors");
    for (TensorSize tensor : size.tensors()) {
      element(tensors)
          .append("name", tensor.name())
          .append("shape", tensor.shape())
          .append("weights", tensor.weights())
          .append("kept", tensor.kept());
    }
    size.inference()
        .ifPresent(
            cost ->
                row.append("dense_multiply_adds", cost.dense())
                    .append("kept_multiply_adds", cost.kept()));
  }

  private void provenance(Provenance provenance) {
    row.append("configuration", provenance.configuration())
        .append("data_hash", provenance.dataHash())
        .append("seconds", provenance.seconds());
    Group parts = row.addGroup("parts");
    provenance.parts().forEach(part -> part(parts, part));
    append("parameters_sha256", provenance.model().parametersSha256());
    append("masks_sha256", provenance.model().masksSha256());
  }

  /** All metrics that are known, and the leading one in any case. */
  private void metrics(Measurement measurement) {
    Set<Metric> metrics = new LinkedHashSet<>();
    metrics.add(measurement.leading());
    metrics.addAll(measurement.metrics().keySet());
    Group entries = row.addGroup("metrics");
    for (Metric metric : metrics) {
      Group entry =
          element(entries)
              .append("name", metric.name())
              .append("unit", metric.unit())
              .append("direction", metric.direction().label());
      measurement.value(metric).ifPresent(value -> entry.append("value", value));
    }
  }

  private static void part(Group parts, RunPart part) {
    Platform platform = part.platform();
    Execution execution = part.execution();
    element(parts)
        .append("code_version", part.codeVersion())
        .append("platform", platform.description())
        .append("java_version", platform.java())
        .append("spark_version", platform.spark())
        .append("dl4j_version", platform.dl4j())
        .append("started_at", execution.startedAt().toEpochMilli())
        .append("seconds", execution.seconds())
        .append("master", execution.master())
        .append("executors", execution.executors())
        .append("first_step", part.firstStep())
        .append("last_step", part.lastStep());
  }

  private static Group element(Group list) {
    return list.addGroup("list").addGroup("element");
  }

  private void append(String column, OptionalDouble value) {
    value.ifPresent(number -> row.append(column, number));
  }

  private void append(String column, OptionalLong value) {
    value.ifPresent(number -> row.append(column, number));
  }

  private void append(String column, Optional<String> value) {
    value.ifPresent(text -> row.append(column, text));
  }
}
