package org.espalier.sparsity;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that lie outside the project; a test that needs an absent one is skipped. */
final class SharedFiles {
  private SharedFiles() {}

  /** A file or folder of the real data. */
  static Path data(String name) {
    return present("espalier.data", "../../shared/data", name);
  }

  /** A file of the reference vectors. */
  static Path reference(String name) {
    return present("espalier.reference", "../../shared/data/reference", name);
  }

  private static Path present(String property, String folder, String name) {
    Path path = Path.of(System.getProperty(property, folder)).resolve(name);
    assumeTrue(
        Files.exists(path),
        () -> path + " is absent; name the folder that holds " + name + " with -D" + property);
    return path;
  }
}
