package org.espalier.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;

/** Reads an operating point from a Parquet record that has passed {@link ResultsSchema#check}. */
final class PointReader {
  private final Group row;

  private PointReader(Group row) {
    this.row = row;
  }

  static OperatingPoint point(Group row) {
    PointReader reader = new PointReader(row);
    return new OperatingPoint(
        new RunIdentity(reader.text("run"), reader.text("run_hash")),
        reader.setting(),
        reader.measurement(),
        reader.provenance());
  }

  private Setting setting() {
    return new Setting(
        text("network"),
        text("dataset"),
        new Sparsification(
            text("method"),
            optionalDouble("target_sparsity"),
            optionalDouble("threshold"),
            text("masked_gradient")),
        new Training(
            row.getLong("seed", 0),
            row.getInteger("workers", 0),
            row.getInteger("batch", 0),
            row.getInteger("averaging_frequency", 0),
            row.getLong("steps", 0),
            row.getDouble("epochs", 0)),
        notes());
  }

  private Map<String, String> notes() {
    Map<String, String> notes = new TreeMap<>();
    Group entries = row.getGroup("notes", 0);
    for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
      Group entry = entries.getGroup(0, i);
      notes.put(entry.getString("key", 0), entry.getString("value", 0));
    }
    return notes;
  }

  private Measurement measurement() {
    OptionalLong divergedAtStep =
        has("diverged_at_step")
            ? OptionalLong.of(row.getLong("diverged_at_step", 0))
            : OptionalLong.empty();
    Measurement measurement =
        new Measurement(
            divergedAtStep, optionalDouble("accuracy"), optionalDouble("loss"), modelSize());
    if (!text("status").equals(measurement.status().label())) {
      throw new IllegalArgumentException(
          "the status '" + text("status") + "' contradicts the column diverged_at_step");
    }
    return measurement;
  }

  private ModelSize modelSize() {
    List<TensorSize> tensors = new ArrayList<>();
    Group entries = row.getGroup("tensors", 0);
    for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
      Group tensor = entries.getGroup(0, i).getGroup(0, 0);
      tensors.add(
          new TensorSize(
              tensor.getString("name", 0),
              tensor.getString("shape", 0),
              tensor.getLong("weights", 0),
              tensor.getLong("kept", 0)));
    }
    return new ModelSize(
        row.getLong("weights", 0),
        row.getLong("kept_weights", 0),
        row.getLong("always_dense_parameters", 0),
        tensors);
  }

  private Provenance provenance() {
    return new Provenance(
        text("configuration"),
        text("data_hash"),
        text("code_version"),
        new Platform(
            text("platform"), text("java_version"), text("spark_version"), text("dl4j_version")),
        new Execution(
            Instant.ofEpochMilli(row.getLong("started_at", 0)),
            row.getDouble("seconds", 0),
            text("master"),
            row.getInteger("executors", 0)),
        new ModelHashes(optionalText("parameters_sha256"), optionalText("masks_sha256")));
  }

  private boolean has(String column) {
    return row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
  }

  private String text(String column) {
    return row.getString(column, 0);
  }

  private Optional<String> optionalText(String column) {
    return has(column) ? Optional.of(text(column)) : Optional.empty();
  }

  private OptionalDouble optionalDouble(String column) {
    return has(column) ? OptionalDouble.of(row.getDouble(column, 0)) : OptionalDouble.empty();
  }
}
