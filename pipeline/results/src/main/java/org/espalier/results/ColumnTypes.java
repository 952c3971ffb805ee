package org.espalier.results;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The types of columns that results files have. */
final class ColumnTypes {
  private ColumnTypes() {}

  static PrimitiveType text(String name) {
    return Types.required(BINARY).as(stringType()).named(name);
  }

  static Type optionalText(String name) {
    return Types.optional(BINARY).as(stringType()).named(name);
  }

  static Type timestamp(String name) {
    return Types.required(INT64).as(timestampType(true, MILLIS)).named(name);
  }

  static Type required(PrimitiveTypeName type, String name) {
    return Types.required(type).named(name);
  }

  static Type optional(PrimitiveTypeName type, String name) {
    return Types.optional(type).named(name);
  }

  /** A list of groups with these fields. */
  static Type list(String name, Type... fields) {
    return Types.requiredList().requiredGroupElement().addFields(fields).named(name);
  }

  /** A map from text to text. */
  static Type map(String name) {
    return Types.requiredMap().key(text("key")).value(text("value")).named(name);
  }
}
