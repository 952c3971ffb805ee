package org.espalier.datasets.cifar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.datasets.source.RawFiles;

/** The names of classes, one a line, blank lines left out. */
final class ClassNames {
  private ClassNames() {}

  /**
   * The names in a file.
   *
   * @param classes how many there must be
   * @throws Refusal if there are more or fewer
   * @throws IOException if the file cannot be read
   */
  static List<String> of(Path path, int classes, Configuration hadoop) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(RawFiles.open(path, hadoop), StandardCharsets.UTF_8))) {
      List<String> names =
          lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      if (names.size() != classes || names.stream().distinct().count() != classes) {
        throw new Refusal(
            "Cannot name the classes by %s: it has the names %s instead of %d different ones; copy it again or remove it."
                .formatted(path, names, classes));
      }
      return names;
    }
  }
}
