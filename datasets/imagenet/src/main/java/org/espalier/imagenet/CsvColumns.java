package org.espalier.imagenet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;

/**
 * The columns of a list of images (RFC 4180, without line breaks in fields).
 *
 * @param where the list lies, for people
 * @param count of fields in every line
 * @param path its place among them
 * @param label its place
 * @param split its place, -1 if all images are for training
 */
record CsvColumns(String where, int count, int path, int label, int split) implements Serializable {
  static final String PATH = "path";
  static final String LABEL = "label";
  static final String SPLIT = "split";

  private static final char QUOTE = '"';
  private static final Map<String, String> SPLITS =
      Map.of("", Split.TRAIN, "train", Split.TRAIN, "val", Split.TEST, "test", Split.TEST);

  /**
   * The columns that a header names.
   *
   * @throws Refusal if it lacks one
   */
  static CsvColumns of(String where, String header) {
    String text = header.startsWith("\uFEFF") ? header.substring(1) : header;
    List<String> names = fields(text).stream().map(String::strip).toList();
    CsvColumns columns =
        new CsvColumns(
            where, names.size(), names.indexOf(PATH), names.indexOf(LABEL), names.indexOf(SPLIT));
    if (columns.path < 0 || columns.label < 0) {
      throw new Refusal(
          "Cannot read %s: its first line is '%s' and does not name the columns %s and %s; begin it with '%s,%s'."
              .formatted(where, header, PATH, LABEL, PATH, LABEL));
    }
    return columns;
  }

  /**
   * The image of a line.
   *
   * @throws Refusal if the line has not one field for each column
   */
  CsvLine line(String text) {
    List<String> fields = fields(text);
    if (fields.size() != count) {
      throw new Refusal(
          "Cannot read %s: the line '%s' has %d fields and the first line names %d; put names with commas into double quotes."
              .formatted(where, text, fields.size(), count));
    }
    String name = split < 0 ? "" : fields.get(split).strip();
    if (!SPLITS.containsKey(name)) {
      throw new Refusal(
          "Cannot read %s: the line '%s' names the split '%s'; it must be train, val or test."
              .formatted(where, text, name));
    }
    return new CsvLine(SPLITS.get(name), fields.get(path), fields.get(label).strip());
  }

  static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == QUOTE && i + 1 < line.length() && line.charAt(i + 1) == QUOTE) {
        field.append(QUOTE);
        i++;
      } else if (c == QUOTE && (quoted || field.length() == 0)) {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
