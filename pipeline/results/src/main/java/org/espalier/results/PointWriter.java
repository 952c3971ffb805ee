package org.espalier.results;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;

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
    append("accuracy", measurement.accuracy());
    append("loss", measurement.loss());
    ModelSize size = measurement.size();
    row.append("weights", size.weights())
        .append("kept_weights", size.kept())
        .append("always_dense_parameters", size.alwaysDense())
        .append("sparsity", size.sparsity())
        .append("parameters", size.parameters())
        .append("nonzero_parameters", size.nonZeroParameters());
    Group tensors = row.addGroup("tensors");
    for (TensorSize tensor : size.tensors()) {
      tensors
          .addGroup("list")
          .addGroup("element")
          .append("name", tensor.name())
          .append("shape", tensor.shape())
          .append("weights", tensor.weights())
          .append("kept", tensor.kept());
    }
  }

  private void provenance(Provenance provenance) {
    row.append("configuration", provenance.configuration())
        .append("data_hash", provenance.dataHash())
        .append("code_version", provenance.codeVersion());
    Platform platform = provenance.platform();
    row.append("platform", platform.description())
        .append("java_version", platform.java())
        .append("spark_version", platform.spark())
        .append("dl4j_version", platform.dl4j());
    Execution execution = provenance.execution();
    row.append("started_at", execution.startedAt().toEpochMilli())
        .append("seconds", execution.seconds())
        .append("master", execution.master())
        .append("executors", execution.executors());
    append("parameters_sha256", provenance.model().parametersSha256());
    append("masks_sha256", provenance.model().masksSha256());
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
