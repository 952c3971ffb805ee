package org.espalier.imagenet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Refusal;

/**
 * Images that a CSV lists by path and label. Paths that are no URIs are relative to its folder.
 * Labels are names of classes, or numbers from 0 where all of them are.
 */
final class CsvInput extends ImageInput {
  private static final int MOST_CLASSES = 1_000_000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private final Path file;
  private final CsvColumns columns;
  private final Optional<String> classes;
  private final Configuration hadoop;

  private CsvInput(Path file, CsvColumns columns, Optional<String> classes, Configuration hadoop) {
    super(file.toString());
    this.file = file;
    this.columns = columns;
    this.classes = classes;
    this.hadoop = hadoop;
  }

  static CsvInput open(Path file, LabelFiles names, Configuration hadoop) throws IOException {
    names
        .valLabels()
        .ifPresent(
            list -> {
              throw new Refusal(
                  "Cannot use the labels in %s: %s tells the label of every image; leave the list away."
                      .formatted(list, file));
            });
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
      String header = reader.readLine();
      return new CsvInput(
          file,
          CsvColumns.of(file.toString(), header == null ? "" : header),
          names.classes(),
          hadoop);
    }
  }

  @Override
  ImageListing list(JavaSparkContext spark) {
    CsvColumns read = columns;
    JavaRDD<CsvLine> lines =
        spark
            .textFile(file.toString())
            .mapPartitionsWithIndex(CsvInput::withoutHeader, true)
            .filter(line -> !line.isBlank())
            .map(read::line);
    List<String> found = lines.map(CsvLine::label).distinct().take(MOST_CLASSES + 1);
    if (found.isEmpty()) {
      throw new Refusal(
          "Cannot prepare %s: it lists no image; add a line for each.".formatted(file));
    }
    if (found.size() > MOST_CLASSES) {
      throw new Refusal(
          "Cannot prepare %s: it has more than %d different labels; check that the column '%s' holds classes."
              .formatted(file, MOST_CLASSES, CsvColumns.LABEL));
    }
    boolean numbered = found.stream().allMatch(label -> NUMBER.matcher(label).matches());
    ClassNames names =
        numbered ? numbered(found) : ClassNames.of(sorted(found), classes, file.toString(), hadoop);
    String where = file.toString();
    String folder = file.getParent().toString();
    JavaRDD<ImageFile> files =
        lines.map(
            line ->
                line.file(
                    folder,
                    numbered ? Integer.parseInt(line.label()) : names.label(line.label(), where)));
    return new ImageListing(names.names(), files);
  }

  /** Classes that are called by their numbers, or by the names that a list gives these. */
  private ClassNames numbered(List<String> found) {
    int count = 1 + found.stream().mapToInt(Integer::parseInt).max().orElseThrow();
    List<String> numbers = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    if (classes.isEmpty()) {
      return ClassNames.of(numbers, Optional.empty(), file.toString(), hadoop);
    }
    ClassNames names = ClassNames.of(List.of(), classes, file.toString(), hadoop);
    if (names.names().size() < count) {
      throw new Refusal(
          "Cannot label the images of %s: it has the label %d and %s lists %d classes, numbered from 0; list all of them."
              .formatted(file, count - 1, classes.get(), names.names().size()));
    }
    return names;
  }

  private static Iterator<String> withoutHeader(Integer partition, Iterator<String> lines) {
    if (partition == 0 && lines.hasNext()) {
      lines.next();
    }
    return lines;
  }
}
