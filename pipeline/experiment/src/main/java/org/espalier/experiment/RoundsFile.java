package org.espalier.experiment;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.List;
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

/**
 * The rounds of a run as a time series: one Parquet row per round, in order, those of all its
 * parts.
 */
final class RoundsFile {
  private static final MessageType SCHEMA = schema();

  private RoundsFile() {}

  static void write(Path file, List<RoundRow> rounds, Configuration hadoop) throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withPageWriteChecksumEnabled(true)
            .build()) {
      for (RoundRow round : rounds) {
        writer.write(row(round));
      }
    }
  }

  private static Group row(RoundRow round) {
    Group row = new SimpleGroup(SCHEMA);
    row.append("round", round.index())
        .append("first_step", round.firstStep())
        .append("end_step", round.endStep())
        .append("weight", round.weight())
        .append("loss", round.loss())
        .append("sparsity", round.sparsity())
        .append("seconds", round.seconds())
        .append("data_seconds", round.dataSeconds())
        .append("compute_seconds", round.computeSeconds())
        .append("gather_seconds", round.gatherSeconds())
        .append("reduce_seconds", round.reduceSeconds())
        .append("broadcast_seconds", round.broadcastSeconds())
        .append("mask_seconds", round.maskSeconds())
        .append("schedule_seconds", round.scheduleSeconds())
        .append("wait_seconds", round.waitSeconds())
        .append("optimiser_seconds", round.optimiserSeconds())
        .append("bytes_up", round.bytesUp())
        .append("bytes_down", round.bytesDown())
        .append("multiply_adds", round.multiplyAdds())
        .append("multiply_adds_left_out", round.multiplyAddsLeftOut())
        .append("expected_forward_multiply_adds", round.expectedForwardMultiplyAdds())
        .append("run_again", round.runAgain())
        .append("slowest_worker", round.slowestWorker())
        .append("slowest_worker_seconds", round.slowestWorkerSeconds())
        .append("slowest_worker_executor", round.slowestWorkerExecutor());
    return row;
  }

  private static MessageType schema() {
    Types.MessageTypeBuilder columns = Types.buildMessage();
    add(columns, INT64, "round", "first_step", "end_step", "weight");
    add(columns, DOUBLE, "loss", "sparsity", "seconds", "data_seconds", "compute_seconds");
    add(columns, DOUBLE, "gather_seconds", "reduce_seconds", "broadcast_seconds");
    add(columns, DOUBLE, "mask_seconds", "schedule_seconds", "wait_seconds", "optimiser_seconds");
    add(columns, INT64, "bytes_up", "bytes_down", "multiply_adds", "multiply_adds_left_out");
    add(columns, INT64, "expected_forward_multiply_adds");
    add(columns, INT64, "run_again", "slowest_worker");
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
