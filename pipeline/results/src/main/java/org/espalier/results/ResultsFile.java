package org.espalier.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.storage.WholeFile;

/**
 * Operating points as one Parquet file: a row each, with checksums per page, that appears whole or
 * not at all. Equal points give equal bytes.
 */
public final class ResultsFile {
  /** The name of the results file in the folder of every run. */
  public static final String NAME = "results.parquet";

  private ResultsFile() {}

  /**
   * Writes {@code points}, at least one, in their order to {@code file}.
   *
   * @return the file's fully qualified path
   * @throws Refusal if the file exists or cannot be written
   */
  public static Path write(Path file, List<OperatingPoint> points, Configuration hadoop) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot write " + file + " without any operating point: it would say nothing");
    }
    return WholeFile.creating(file, hadoop)
        .write(
            (files, unfinished) -> {
              try (ParquetWriter<Group> writer = writer(unfinished, hadoop)) {
                for (OperatingPoint point : points) {
                  writer.write(PointWriter.row(point));
                }
              }
            });
  }

  /** The rows of one file in their order; at least one. */
  static List<OperatingPoint> read(Path file, Configuration hadoop) {
    ParquetReadOptions verifying =
        HadoopReadOptions.builder(hadoop).usePageChecksumVerification().build();
    List<OperatingPoint> points = new ArrayList<>();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop), verifying)) {
      VersionColumns version = ResultsSchema.check(file, reader.getFileMetaData());
      MessageType schema = reader.getFileMetaData().getSchema();
      MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
      for (PageReadStore rows = reader.readNextRowGroup();
          rows != null;
          rows = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            columns.getRecordReader(rows, new GroupRecordConverter(schema));
        for (long i = 0; i < rows.getRowCount(); i++) {
          points.add(PointReader.point(records.read(), version));
        }
      }
    } catch (Refusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new Refusal(
          "Cannot read the results in "
              + file
              + ": the file is damaged or not Parquet ("
              + Reason.of(e)
              + "); write the run's results again or remove the file.",
          e);
    }
    if (points.isEmpty()) {
      throw new Refusal(
          "Cannot read the results in "
              + file
              + ": it holds no operating point; write the run's results again or remove the file.");
    }
    return points;
  }

  private static ParquetWriter<Group> writer(Path file, Configuration hadoop) throws IOException {
    return ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
        .withConf(hadoop)
        .withType(ResultsSchema.SCHEMA)
        .withExtraMetaData(ResultsSchema.metadata())
        .withCompressionCodec(CompressionCodecName.SNAPPY)
        .withPageWriteChecksumEnabled(true)
        .build();
  }
}
