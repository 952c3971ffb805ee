package org.espalier.experiment;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.espalier.datasets.Split;
import org.espalier.tasks.classification.ConfusionMatrix;
import org.espalier.tasks.classification.LostRow;

/**
 * The Parquet files of details, each with the rows of one operating point after the other.
 *
 * @param details what is written
 * @param folder where
 */
record DetailsFiles(EvaluationDetails details, Path folder, Configuration hadoop) {
  private static final String CLASSES = "classes.parquet";
  private static final String CONFUSION = "confusion.parquet";
  private static final String LOST = "lost.parquet";

  private static final MessageType CLASS =
      Types.buildMessage()
          .optional(DOUBLE)
          .named("threshold")
          .required(INT32)
          .named("class")
          .required(BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("name")
          .required(INT64)
          .named("rows")
          .required(INT64)
          .named("right")
          .optional(DOUBLE)
          .named("accuracy")
          .optional(DOUBLE)
          .named("cross_entropy")
          .optional(INT64)
          .named("against_right")
          .optional(INT64)
          .named("lost")
          .named("class");

  private static final MessageType CELL =
      Types.buildMessage()
          .optional(DOUBLE)
          .named("threshold")
          .required(INT32)
          .named("class")
          .required(INT32)
          .named("predicted")
          .required(INT64)
          .named("rows")
          .named("confusion");

  private static final MessageType ROW =
      Types.buildMessage()
          .optional(DOUBLE)
          .named("threshold")
          .required(INT64)
          .named("row")
          .required(BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("file")
          .required(INT64)
          .named("row_in_file")
          .optional(BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("image")
          .required(INT32)
          .named("class")
          .required(INT32)
          .named("predicted")
          .required(INT32)
          .named("against_predicted")
          .named("lost");

  /** A row per class: how many rows it has, and how many are right. */
  void writeClasses() throws IOException {
    try (ParquetRows file = new ParquetRows(new Path(folder, CLASSES), CLASS, hadoop)) {
      for (PointDetails point : details.points()) {
        for (int number = 0; number < point.matrix().classes(); number++) {
          writeClass(file, point, number);
        }
      }
    }
  }

  private void writeClass(ParquetRows file, PointDetails point, int number) throws IOException {
    ConfusionMatrix matrix = point.matrix();
    long rows = matrix.rows(number);
    file.write(
        row -> {
          ParquetRows.append(row, "threshold", point.threshold());
          row.append("class", number)
              .append("name", details.className(number))
              .append("rows", rows)
              .append("right", matrix.right(number));
          if (rows > 0) {
            row.append("accuracy", (double) matrix.right(number) / rows)
                .append("cross_entropy", matrix.loss(number) / rows);
          }
          point
              .compared()
              .ifPresent(
                  compared ->
                      row.append("against_right", compared.matrix().right(number))
                          .append("lost", compared.lost(number)));
        });
  }

  /** A row per pair of classes that some row has and is taken for. */
  void writeConfusion() throws IOException {
    try (ParquetRows file = new ParquetRows(new Path(folder, CONFUSION), CELL, hadoop)) {
      for (PointDetails point : details.points()) {
        for (int truth = 0; truth < point.matrix().classes(); truth++) {
          for (int predicted = 0; predicted < point.matrix().classes(); predicted++) {
            writeCell(file, point, truth, predicted);
          }
        }
      }
    }
  }

  private static void writeCell(ParquetRows file, PointDetails point, int truth, int predicted)
      throws IOException {
    long rows = point.matrix().rows(truth, predicted);
    if (rows > 0) {
      file.write(
          row -> {
            ParquetRows.append(row, "threshold", point.threshold());
            row.append("class", truth).append("predicted", predicted).append("rows", rows);
          });
    }
  }

  /** A row per row of the test split that is wrong now and right with the other network. */
  void writeLost() throws IOException {
    Split test = details.data().split(Split.TEST);
    SplitPlaces places = new SplitPlaces(test);
    ImageFiles images = ImageFiles.of(details.data(), details.images(), hadoop);
    try (ParquetRows file = new ParquetRows(new Path(folder, LOST), ROW, hadoop)) {
      for (PointDetails point : details.points()) {
        for (LostRow lost : point.compared().orElseThrow().lost()) {
          SplitPlaces.Place place = places.of(lost.row());
          Optional<String> image = images.of(lost.row());
          file.write(
              row -> {
                ParquetRows.append(row, "threshold", point.threshold());
                row.append("row", lost.row())
                    .append("file", place.file())
                    .append("row_in_file", place.row());
                image.ifPresent(name -> row.append("image", name));
                row.append("class", lost.truth())
                    .append("predicted", lost.predicted())
                    .append("against_predicted", lost.truth());
              });
        }
      }
    }
  }
}
