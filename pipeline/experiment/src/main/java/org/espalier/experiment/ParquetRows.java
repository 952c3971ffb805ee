package org.espalier.experiment;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;

/** A Parquet file that is written row by row. */
final class ParquetRows implements AutoCloseable {
  private final MessageType schema;
  private final ParquetWriter<Group> writer;

  ParquetRows(Path file, MessageType schema, Configuration hadoop) throws IOException {
    this.schema = schema;
    this.writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withPageWriteChecksumEnabled(true)
            .build();
  }

  /** Writes a row of which optional columns that are not filled stay empty. */
  void write(Consumer<Group> filling) throws IOException {
    Group row = new SimpleGroup(schema);
    filling.accept(row);
    writer.write(row);
  }

  /** Fills an optional column. */
  static void append(Group row, String column, OptionalDouble value) {
    value.ifPresent(number -> row.append(column, number));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
