package org.espalier.datasets.prepare;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.espalier.datasets.shards.ImageColumns;

/** Hands rows to Parquet column by column. */
final class ImageWriteSupport extends WriteSupport<LabelledImage> {
  private RecordConsumer consumer;

  @Override
  public WriteContext init(Configuration hadoop) {
    return new WriteContext(ImageColumns.SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(LabelledImage row) {
    consumer.startMessage();
    consumer.startField(ImageColumns.PIXELS, 0);
    consumer.addBinary(row.pixels());
    consumer.endField(ImageColumns.PIXELS, 0);
    consumer.startField(ImageColumns.LABEL, 1);
    consumer.addInteger(row.label());
    consumer.endField(ImageColumns.LABEL, 1);
    consumer.endMessage();
  }
}
