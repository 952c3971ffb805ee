package org.espalier.experiment;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests on one Spark application and one small dataset, which last as long as the class. */
abstract class OnSmallRuns {
  @TempDir private static Path shared;

  static SmallRuns runs;

  @BeforeAll
  static void prepare() throws IOException {
    runs = SmallRuns.in(shared);
  }

  @AfterAll
  static void stop() {
    runs.close();
  }
}
