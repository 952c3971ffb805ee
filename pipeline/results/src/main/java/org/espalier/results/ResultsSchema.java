package org.espalier.results;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.espalier.results.ColumnTypes.list;
import static org.espalier.results.ColumnTypes.map;
import static org.espalier.results.ColumnTypes.optional;
import static org.espalier.results.ColumnTypes.optionalText;
import static org.espalier.results.ColumnTypes.required;
import static org.espalier.results.ColumnTypes.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.espalier.base.Refusal;

/**
 * The columns of a results file, named for the people who query it with Spark or pandas.
 *
 * <p>Later versions may add columns; a reader passes over those that it does not know. The version
 * changes only when an existing column changes its meaning or goes.
 */
final class ResultsSchema {
  static final String VERSION_KEY = "espalier.results.version";
  private static final VersionColumns WRITTEN = new VersionTwoColumns();
  private static final List<VersionColumns> READ = List.of(new VersionOneColumns(), WRITTEN);

  private static final List<Type> BEFORE =
      List.of(
          text("run"),
          text("run_hash"),
          text("network"),
          text("dataset"),
          text("method"),
          optional(DOUBLE, "target_sparsity"),
          optional(DOUBLE, "threshold"),
          text("masked_gradient"),
          required(INT64, "seed"),
          required(INT32, "workers"),
          required(INT32, "batch"),
          required(INT32, "averaging_frequency"),
          required(INT64, "steps"),
          required(DOUBLE, "epochs"),
          map("notes"),
          text("status"),
          optional(INT64, "diverged_at_step"));

  private static final List<Type> AFTER =
      List.of(
          required(INT64, "weights"),
          required(INT64, "kept_weights"),
          required(INT64, "always_dense_parameters"),
          // Derived from the three above, for people who query the file.
          optional(DOUBLE, "sparsity"),
          optional(INT64, "parameters"),
          optional(INT64, "nonzero_parameters"),
          list(
              "tensors",
              text("name"),
              text("shape"),
              required(INT64, "weights"),
              required(INT64, "kept")),
          // Of one example's forward pass, where they are known.
          optional(INT64, "dense_multiply_adds"),
          optional(INT64, "kept_multiply_adds"),
          text("configuration"),
          text("data_hash"),
          optionalText("parameters_sha256"),
          optionalText("masks_sha256"));

  /** The columns of the files that are written. */
  static final MessageType SCHEMA = of(WRITTEN);

  private ResultsSchema() {}

  /** What a results file says about itself, beside its columns. */
  static Map<String, String> metadata() {
    return Map.of(VERSION_KEY, WRITTEN.label());
  }

  /**
   * The columns of a file's version; the file is checked to hold results of that version.
   *
   * @throws Refusal if it has a version that is not known, or lacks a column
   */
  static VersionColumns check(Path file, FileMetaData found) {
    String label = found.getKeyValueMetaData().get(VERSION_KEY);
    if (label == null) {
      throw new Refusal(
          "Cannot read results from %s: it is a Parquet file without the key %s, so not one of results; name a results.parquet or a folder that holds some."
              .formatted(file, VERSION_KEY));
    }
    VersionColumns version =
        READ.stream()
            .filter(one -> one.label().equals(label))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        "Cannot read the results in %s: they have version %s and this Espalier knows versions %s; use the Espalier that wrote them or a newer one."
                            .formatted(file, label, known())));
    for (Type column : of(version).getFields()) {
      check(file, column, found.getSchema());
    }
    return version;
  }

  private static MessageType of(VersionColumns version) {
    return new MessageType(
        "operating_point",
        Stream.of(BEFORE, version.types(), AFTER).flatMap(List::stream).toList());
  }

  private static String known() {
    return READ.stream().map(VersionColumns::label).collect(Collectors.joining(" and "));
  }

  private static void check(Path file, Type column, MessageType found) {
    String name = column.getName();
    if (!found.containsField(name)) {
      if (column.isRepetition(Repetition.REQUIRED)) {
        throw new Refusal(
            "Cannot read the results in %s: the column %s is missing; write the run's results again."
                .formatted(file, name));
      }
      return;
    }
    Type type = found.getType(name);
    boolean sameKind = type.isPrimitive() == column.isPrimitive();
    if (!sameKind
        || (column.isPrimitive()
            && type.asPrimitiveType().getPrimitiveTypeName()
                != column.asPrimitiveType().getPrimitiveTypeName())) {
      throw new Refusal(
          "Cannot read the results in %s: the column %s is '%s' instead of '%s'; write the run's results again."
              .formatted(file, name, oneLine(type), oneLine(column)));
    }
  }

  private static String oneLine(Type type) {
    return type.toString().replaceAll("\\s+", " ");
  }
}
