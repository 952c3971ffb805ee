package org.espalier.datasets.shards;

import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.Compression;
import org.espalier.datasets.rows.RowSchema;

/**
 * The columns of a schema as Parquet's. Every column is required. A list of int32 is one binary
 * value, little-endian: it is copied as one piece, where Parquet's lists are decoded number by
 * number.
 */
public final class ShardColumns {
  private ShardColumns() {}

  /** All columns; the message is called after the kind. */
  public static MessageType message(RowSchema schema) {
    List<Type> fields = schema.columns().stream().map(ShardColumns::field).toList();
    return new MessageType(schema.kind(), fields);
  }

  /** One column by itself. */
  public static MessageType message(Column column) {
    return new MessageType(column.name(), field(column));
  }

  /** Parquet's name of a compression. */
  public static CompressionCodecName codec(Compression compression) {
    return switch (compression) {
      case NONE -> CompressionCodecName.UNCOMPRESSED;
      case ZSTD -> CompressionCodecName.ZSTD;
    };
  }

  private static Type field(Column column) {
    return switch (column.type()) {
      case INT -> Types.required(PrimitiveTypeName.INT32).named(column.name());
      case BYTES, INTS -> Types.required(PrimitiveTypeName.BINARY).named(column.name());
      case TEXT ->
          Types.required(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
    };
  }
}
