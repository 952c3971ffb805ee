package org.espalier.results;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** The translations of a run as a Parquet file, a row per operating point and sentence. */
public final class TranslationsFile {
  /** The name of the file in a run's folder. */
  public static final String NAME = "translations.parquet";

  private static final String THRESHOLD = "threshold";
  private static final String SENTENCE = "sentence";
  private static final String SOURCE = "source";
  private static final String REFERENCE = "reference";
  private static final String TRANSLATION = "translation";

  private static final LogicalTypeAnnotation TEXT = LogicalTypeAnnotation.stringType();
  private static final MessageType SCHEMA =
      Types.buildMessage()
          .optional(DOUBLE)
          .named(THRESHOLD)
          .required(INT64)
          .named(SENTENCE)
          .required(BINARY)
          .as(TEXT)
          .named(SOURCE)
          .required(BINARY)
          .as(TEXT)
          .named(REFERENCE)
          .required(BINARY)
          .as(TEXT)
          .named(TRANSLATION)
          .named(TRANSLATION);

  private TranslationsFile() {}

  /** Writes sentences in their order into a folder that is being published. */
  public static void write(Path folder, List<TranslatedSentence> sentences, Configuration hadoop)
      throws IOException {
    HadoopOutputFile file = HadoopOutputFile.fromPath(new Path(folder, NAME), hadoop);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            .withConf(hadoop)
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withPageWriteChecksumEnabled(true)
            .build()) {
      for (TranslatedSentence sentence : sentences) {
        writer.write(row(sentence));
      }
    }
  }

  private static Group row(TranslatedSentence sentence) {
    Group row = new SimpleGroup(SCHEMA);
    sentence.threshold().ifPresent(threshold -> row.append(THRESHOLD, threshold));
    return row.append(SENTENCE, sentence.number())
        .append(SOURCE, sentence.source())
        .append(REFERENCE, sentence.reference())
        .append(TRANSLATION, sentence.translation());
  }

  /**
   * The first sentences of the file in a folder, at most so many, in their order.
   *
   * @throws Refusal if it is damaged
   */
  static List<TranslatedSentence> first(Path folder, int most, Configuration hadoop) {
    Path file = new Path(folder, NAME);
    List<TranslatedSentence> sentences = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(hadoop).build()) {
      for (Group row = reader.read(); row != null && sentences.size() < most; row = reader.read()) {
        sentences.add(sentence(row));
      }
      return sentences;
    } catch (IOException | RuntimeException e) {
      throw new Refusal(
          "Cannot read the translations in %s: the file is damaged or not Parquet (%s); take another copy of the run."
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  private static TranslatedSentence sentence(Group row) {
    boolean has = row.getFieldRepetitionCount(THRESHOLD) > 0;
    return new TranslatedSentence(
        has ? OptionalDouble.of(row.getDouble(THRESHOLD, 0)) : OptionalDouble.empty(),
        row.getLong(SENTENCE, 0),
        row.getString(SOURCE, 0),
        row.getString(REFERENCE, 0),
        row.getString(TRANSLATION, 0));
  }
}
