package org.espalier.imagenet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.NearestNames;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** The classes of an input by name and by label. */
final class ClassNames implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> names;
  private final HashMap<String, Integer> labels = new HashMap<>();

  private ClassNames(List<String> names) {
    this.names = List.copyOf(names);
    for (int label = 0; label < names.size(); label++) {
      labels.put(names.get(label), label);
    }
  }

  /**
   * The classes of an input.
   *
   * @param found their names, sorted
   * @param file that lists them in the order of their labels, if somebody named one
   * @param where they were found, for people
   * @throws Refusal if the file cannot be read, or does not list all of them
   */
  static ClassNames of(
      List<String> found, Optional<String> file, String where, Configuration hadoop) {
    if (file.isEmpty()) {
      return new ClassNames(found);
    }
    ClassNames listed = new ClassNames(read(file.get(), hadoop));
    for (String name : found) {
      listed.label(name, where);
    }
    return listed;
  }

  List<String> names() {
    return names;
  }

  /**
   * The label of a class.
   *
   * @param where its name was found, for people
   * @throws Refusal if there is no such class
   */
  int label(String name, String where) {
    Integer label = labels.get(name);
    if (label == null) {
      throw new Refusal(
          "Cannot label the images of %s: '%s' is none of the %d classes, of which the nearest are %s; name the class as its folder or the list of classes does."
              .formatted(where, name, names.size(), NearestNames.of(name, names)));
    }
    return label;
  }

  private static List<String> read(String uri, Configuration hadoop) {
    Map<String, Integer> lines = new HashMap<>();
    List<String> names = new ArrayList<>();
    Path path = new Path(uri);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(path.getFileSystem(hadoop).open(path), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        String name = LabelLine.words(line).get(0);
        names.add(name);
        Integer earlier = lines.put(name, names.size());
        if (earlier != null) {
          throw new Refusal(
              "Cannot use the classes in %s: '%s' is both class %d and class %d; list every class once."
                  .formatted(uri, name, earlier, names.size()));
        }
      }
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read the classes in %s: %s; check the path.".formatted(uri, Reason.of(e)), e);
    }
    if (names.isEmpty()) {
      throw new Refusal(
          "Cannot use the classes in %s: it has no line; list one class per line.".formatted(uri));
    }
    return names;
  }
}
