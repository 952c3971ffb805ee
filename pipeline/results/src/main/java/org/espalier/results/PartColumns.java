package org.espalier.results;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import java.time.Instant;
import java.util.List;
import org.apache.parquet.schema.Type;

/** The columns that say what computed a part of a run. */
final class PartColumns {
  private PartColumns() {}

  static List<Type> types() {
    return List.of(
        ColumnTypes.text("code_version"),
        ColumnTypes.text("platform"),
        ColumnTypes.text("java_version"),
        ColumnTypes.text("spark_version"),
        ColumnTypes.text("dl4j_version"),
        ColumnTypes.timestamp("started_at"),
        ColumnTypes.required(DOUBLE, "seconds"),
        ColumnTypes.text("master"),
        ColumnTypes.required(INT32, "executors"));
  }

  static RunPart read(Columns part, long firstStep, long lastStep) {
    return new RunPart(
        part.text("code_version"),
        new Platform(
            part.text("platform"),
            part.text("java_version"),
            part.text("spark_version"),
            part.text("dl4j_version")),
        new Execution(
            Instant.ofEpochMilli(part.wholeNumber("started_at")),
            part.number("seconds"),
            part.text("master"),
            part.smallNumber("executors")),
        firstStep,
        lastStep);
  }
}
