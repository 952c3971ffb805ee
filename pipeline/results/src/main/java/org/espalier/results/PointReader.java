package org.espalier.results;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;

/** Reads an operating point from a Parquet record that has passed {@link ResultsSchema#check}. */
final class PointReader {
  private final Columns row;
  private final VersionColumns version;

  private PointReader(Columns row, VersionColumns version) {
    this.row = row;
    this.version = version;
  }

  static OperatingPoint point(Group record, VersionColumns version) {
    Columns row = new Columns(record);
    PointReader reader = new PointReader(row, version);
    return new OperatingPoint(
        new RunIdentity(row.text("run"), row.text("run_hash")),
        reader.setting(),
        reader.measurement(),
        reader.provenance());
  }

  private Setting setting() {
    return new Setting(
        row.text("network"),
        row.text("dataset"),
        new Sparsification(
            row.text("method"),
            row.optionalNumber("target_sparsity"),
            row.optionalNumber("threshold"),
            row.text("masked_gradient")),
        new Training(
            row.wholeNumber("seed"),
            row.smallNumber("workers"),
            row.smallNumber("batch"),
            row.smallNumber("averaging_frequency"),
            row.wholeNumber("steps"),
            row.number("epochs")),
        notes());
  }

  private Map<String, String> notes() {
    Map<String, String> notes = new TreeMap<>();
    row.map("notes").forEach(note -> notes.put(note.text("key"), note.text("value")));
    return notes;
  }

  private Measurement measurement() {
    Measurement measurement =
        new Measurement(
            row.optionalWholeNumber("diverged_at_step"),
            version.leading(row),
            version.metrics(row),
            modelSize());
    if (!row.text("status").equals(measurement.status().label())) {
      throw new IllegalArgumentException(
          "the status '" + row.text("status") + "' contradicts the column diverged_at_step");
    }
    return measurement;
  }

  private ModelSize modelSize() {
    return new ModelSize(
        row.wholeNumber("weights"),
        row.wholeNumber("kept_weights"),
        row.wholeNumber("always_dense_parameters"),
        row.list("tensors").stream()
            .map(
                tensor ->
                    new TensorSize(
                        tensor.text("name"),
                        tensor.text("shape"),
                        tensor.wholeNumber("weights"),
                        tensor.wholeNumber("kept")))
            .toList(),
        inference());
  }

  private Optional<InferenceCost> inference() {
    return row.has("dense_multiply_adds") && row.has("kept_multiply_adds")
        ? Optional.of(
            new InferenceCost(
                row.wholeNumber("dense_multiply_adds"), row.wholeNumber("kept_multiply_adds")))
        : Optional.empty();
  }

  private Provenance provenance() {
    return new Provenance(
        row.text("configuration"),
        row.text("data_hash"),
        version.parts(row),
        new ModelHashes(row.optionalText("parameters_sha256"), row.optionalText("masks_sha256")));
  }
}
