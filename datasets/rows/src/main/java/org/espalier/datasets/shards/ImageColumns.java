package org.espalier.datasets.shards;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of a shard of images. */
public final class ImageColumns {
  /** {@code [channels, height, width]} unsigned bytes. */
  public static final String PIXELS = "pixels";

  /** 0 ... classes-1. */
  public static final String LABEL = "label";

  /** Both columns, {@link #PIXELS} first. */
  public static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .named(PIXELS)
          .required(PrimitiveTypeName.INT32)
          .named(LABEL)
          .named("image");

  private ImageColumns() {}

  /** The column of that name. */
  public static ColumnDescriptor column(String name) {
    return SCHEMA.getColumnDescription(new String[] {name});
  }
}
