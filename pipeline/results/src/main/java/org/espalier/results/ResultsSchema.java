package org.espalier.results;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.espalier.base.Refusal;

/**
 * The columns of a results file, named for the people who query it with Spark or pandas.
 *
 * <p>Later versions may add columns; a reader passes over those that it does not know. The version
 * changes only when an existing column changes its meaning.
 */
final class ResultsSchema {
  static final String VERSION_KEY = "espalier.results.version";
  static final String VERSION = "1";

  static final MessageType SCHEMA =
      Types.buildMessage()
          .addField(text("run"))
          .addField(text("run_hash"))
          .addField(text("network"))
          .addField(text("dataset"))
          .addField(text("method"))
          .addField(optional(DOUBLE, "target_sparsity"))
          .addField(optional(DOUBLE, "threshold"))
          .addField(text("masked_gradient"))
          .addField(required(INT64, "seed"))
          .addField(required(INT32, "workers"))
          .addField(required(INT32, "batch"))
          .addField(required(INT32, "averaging_frequency"))
          .addField(required(INT64, "steps"))
          .addField(required(DOUBLE, "epochs"))
          .addField(notes())
          .addField(text("status"))
          .addField(optional(INT64, "diverged_at_step"))
          .addField(optional(DOUBLE, "accuracy"))
          .addField(optional(DOUBLE, "loss"))
          .addField(required(INT64, "weights"))
          .addField(required(INT64, "kept_weights"))
          .addField(required(INT64, "always_dense_parameters"))
          // Derived from the three above, for people who query the file.
          .addField(optional(DOUBLE, "sparsity"))
          .addField(optional(INT64, "parameters"))
          .addField(optional(INT64, "nonzero_parameters"))
          .addField(tensors())
          .addField(text("configuration"))
          .addField(text("data_hash"))
          .addField(text("code_version"))
          .addField(text("platform"))
          .addField(text("java_version"))
          .addField(text("spark_version"))
          .addField(text("dl4j_version"))
          .addField(Types.required(INT64).as(timestampType(true, MILLIS)).named("started_at"))
          .addField(required(DOUBLE, "seconds"))
          .addField(text("master"))
          .addField(required(INT32, "executors"))
          .addField(Types.optional(BINARY).as(stringType()).named("parameters_sha256"))
          .addField(Types.optional(BINARY).as(stringType()).named("masks_sha256"))
          .named("operating_point");

  private ResultsSchema() {}

  /** What a results file says about itself, beside its columns. */
  static Map<String, String> metadata() {
    return Map.of(VERSION_KEY, VERSION);
  }

  /**
   * Checks that a file holds results which this version understands.
   *
   * @throws Refusal if it has another version or lacks a column
   */
  static void check(Path file, FileMetaData found) {
    String version = found.getKeyValueMetaData().get(VERSION_KEY);
    if (version == null) {
      throw new Refusal(
          "Cannot read results from %s: it is a Parquet file without the key %s, so not one of results; name a results.parquet or a folder that holds some."
              .formatted(file, VERSION_KEY));
    }
    if (!version.equals(VERSION)) {
      throw new Refusal(
          "Cannot read the results in %s: they have version %s and this Espalier knows version %s; use the Espalier that wrote them or a newer one."
              .formatted(file, version, VERSION));
    }
    for (Type column : SCHEMA.getFields()) {
      check(file, column, found.getSchema());
    }
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

  private static Type text(String name) {
    return Types.required(BINARY).as(stringType()).named(name);
  }

  private static Type required(PrimitiveTypeName type, String name) {
    return Types.required(type).named(name);
  }

  private static Type optional(PrimitiveTypeName type, String name) {
    return Types.optional(type).named(name);
  }

  private static Type notes() {
    return Types.requiredMap()
        .key(text("key").asPrimitiveType())
        .value(text("value"))
        .named("notes");
  }

  private static Type tensors() {
    return Types.requiredList()
        .requiredGroupElement()
        .addFields(text("name"), text("shape"), required(INT64, "weights"), required(INT64, "kept"))
        .named("tensors");
  }
}
