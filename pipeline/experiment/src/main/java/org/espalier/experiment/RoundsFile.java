package org.espalier.experiment;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.espalier.averaging.RoundSummary;

/**
 * The rounds of a run as a time series: one Parquet row per round, in order. Seconds are wall time;
 * bytes are those of vectors and masks.
 */
final class RoundsFile implements AutoCloseable {
  private static final MessageType SCHEMA = schema();

  private final ParquetWriter<Group> writer;

  RoundsFile(Path file, Configuration hadoop) throws IOException {
    writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withPageWriteChecksumEnabled(true)
            .build();
  }

  void add(RoundSummary round) {
    Group row = new SimpleGroup(SCHEMA);
    row.append("round", round.round().index())
        .append("first_step", round.round().firstStep())
        .append("end_step", round.round().end())
        .append("examples", round.examples())
        .append("loss", round.loss())
        .append("sparsity", round.sparsity())
        .append("seconds", round.seconds())
        .append("compute_seconds", round.computeSeconds())
        .append("broadcast_seconds", round.broadcastSeconds())
        .append("reduce_seconds", round.reduceSeconds())
        .append("mask_seconds", round.maskSeconds())
        .append("schedule_seconds", round.scheduleSeconds())
        .append("bytes_up", round.bytesUp())
        .append("bytes_down", round.bytesDown())
        .append("slowest_worker", (long) round.slowest().worker())
        .append("slowest_worker_seconds", round.slowest().computeSeconds())
        .append("slowest_worker_executor", round.slowest().executor());
    try {
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the row of round " + round.round().index(), e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static MessageType schema() {
    Types.MessageTypeBuilder columns = Types.buildMessage();
    add(columns, INT64, "round", "first_step", "end_step", "examples");
    add(columns, DOUBLE, "loss", "sparsity", "seconds", "compute_seconds", "broadcast_seconds");
    add(columns, DOUBLE, "reduce_seconds", "mask_seconds", "schedule_seconds");
    add(columns, INT64, "bytes_up", "bytes_down", "slowest_worker");
    add(columns, DOUBLE, "slowest_worker_seconds");
    return columns
        .required(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named("slowest_worker_executor")
        .named("rounds");
  }

  private static void add(
      Types.MessageTypeBuilder columns, PrimitiveTypeName type, String... names) {
    for (String name : names) {
      columns.required(type).named(name);
    }
  }
}
