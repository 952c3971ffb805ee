package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the launcher at the root of the project said and how it ended. */
public record Launched(int exit, String out, String err) {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final long PATIENCE_MINUTES = 8;

  /** Runs {@code ./espalier} with the embedded Spark that the build has laid out. */
  public static Launched espalier(Path scratch, String... arguments)
      throws IOException, InterruptedException {
    return espalier(scratch, Map.of(), arguments);
  }

  /** The same with more variables in its environment. */
  public static Launched espalier(
      Path scratch, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("espalier").toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "out", ".log");
    Path err = Files.createTempFile(scratch, "err", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(scratch.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("ESPALIER_DRIVER_MEMORY", "1g");
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("No end after minutes: " + command + "\n" + read(err));
    }
    return new Launched(process.exitValue(), read(out), read(err));
  }

  /** Draws digits into the folder {@code digits} of another. */
  public static void prepareDigits(Path folder, int train, int test, int rowsPerGroup)
      throws IOException, InterruptedException {
    Launched prepared =
        espalier(
            folder,
            "prepare",
            "digits",
            "--train",
            Integer.toString(train),
            "--test",
            Integer.toString(test),
            "--rows-per-group",
            Integer.toString(rowsPerGroup),
            "--output",
            "digits");
    assertThat(prepared.exit()).as(prepared.err()).isZero();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
