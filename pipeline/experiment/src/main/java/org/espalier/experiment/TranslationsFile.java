package org.espalier.experiment;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** Translations as a Parquet file, a row per operating point and sentence. */
final class TranslationsFile {
  private static final LogicalTypeAnnotation TEXT = LogicalTypeAnnotation.stringType();
  private static final MessageType SENTENCE =
      Types.buildMessage()
          .optional(DOUBLE)
          .named("threshold")
          .required(INT64)
          .named("sentence")
          .required(BINARY)
          .as(TEXT)
          .named("source")
          .required(BINARY)
          .as(TEXT)
          .named("reference")
          .required(BINARY)
          .as(TEXT)
          .named("translation")
          .named("translation");

  private TranslationsFile() {}

  static void write(Path path, List<PointTranslations> points, Configuration hadoop)
      throws IOException {
    try (ParquetRows file = new ParquetRows(path, SENTENCE, hadoop)) {
      for (PointTranslations point : points) {
        for (int i = 0; i < point.sentences().size(); i++) {
          TranslatedSentence sentence = point.sentences().get(i);
          long number = i;
          file.write(
              row -> {
                ParquetRows.append(row, "threshold", point.threshold());
                row.append("sentence", number)
                    .append("source", sentence.source())
                    .append("reference", sentence.reference())
                    .append("translation", sentence.translation());
              });
        }
      }
    }
  }
}
