package org.espalier.jobs.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.base.Refusal;
import org.espalier.engine.arithmetic.Arithmetic;

/** Another program that measures the same workloads and prints a line for each. */
record Peer(String python, String script, int threads) {
  private static final Pattern LINE =
      Pattern.compile("(?m)^.* ([0-9.]+) s/step ([0-9.]+) items/s$");

  /** What the program printed, and the seconds in it. */
  record Line(String text, double seconds) {}

  Peer {
    if (!Files.isReadable(Path.of(script))) {
      throw new Refusal(
          "Cannot compare with %s: there is no such file; name a program that prints 'workload seconds s/step items items/s'."
              .formatted(script));
    }
  }

  Line run(String workload, BatchSize size, int steps) {
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                script,
                workload,
                "--batch",
                Integer.toString(size.examples()),
                "--steps",
                Integer.toString(steps)));
    if (size.length() > 1) {
      command.addAll(List.of("--length", Integer.toString(size.length())));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Arithmetic.environment());
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    try {
      Process process = builder.redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      Matcher line = LINE.matcher(output);
      if (code != 0 || !line.find()) {
        throw new Refusal(
            "Cannot compare with %s: it ended with %d and printed no line of the expected form for %s, but: %s"
                .formatted(script, code, workload, output.strip()));
      }
      return new Line(line.group().strip(), Double.parseDouble(line.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + python + " for " + script, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + script + " ran", e);
    }
  }
}
