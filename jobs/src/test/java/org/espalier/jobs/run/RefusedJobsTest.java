package org.espalier.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Job;
import org.espalier.results.Execution;
import org.espalier.results.Platform;
import org.espalier.results.RunHistory;
import org.espalier.results.RunManifest;
import org.espalier.results.RunPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are asked for the impossible say so in one sentence and write nothing. */
class RefusedJobsTest {
  @TempDir private Path folder;

  @Test
  void table3TakesFromOneToItsProtocolsEpochs() {
    for (String epochs : List.of("0", "-1", "201")) {
      refuses(
          new ReproduceTable3(),
          "Cannot reproduce Table 3 in %s epochs: choose 1 to 200.".formatted(epochs),
          "--data=" + folder,
          "--output=" + output(),
          "--epochs=" + epochs);
    }
  }

  @Test
  void table3IsForOneWorkerOrEight() {
    refuses(
        new ReproduceTable3(),
        "Cannot reproduce Table 3 on 3 workers: its configurations are for 1 or 8; start others with ./espalier train and your own.",
        "--data=" + folder,
        "--output=" + output(),
        "--workers=3");
  }

  @Test
  void resultsAndDetailsNeedFoldersOfTheirOwn() {
    refuses(
        new Evaluate(),
        "Cannot write --output and --details into the same folder, %s: each is published as a whole; name two."
            .formatted(output()),
        "--run=" + folder,
        "--output=" + output(),
        "--details=" + output());
  }

  @Test
  void reproductionsNeedTheirData() {
    for (Job job : List.of(new ReproduceTable3(), new ReproduceLeNetMethods())) {
      Said said = Said.by(job, "--output=" + output());
      assertThat(said.exit()).isEqualTo(2);
      assertThat(said.err())
          .startsWith("espalier: Missing required option: '--data=URI'" + System.lineSeparator());
    }
  }

  @Test
  void reproductionsLookForTheirDataBeforeSparkStarts() {
    for (Job job : List.of(new ReproduceTable3(), new ReproduceLeNetMethods())) {
      Said said = Said.by(job, "--data=" + folder.resolve("nowhere"), "--output=" + output());
      assertThat(said.exit()).isEqualTo(3);
      assertThat(said.err().lines()).hasSize(1).first().asString().contains("nowhere");
    }
    assertThat(output()).doesNotExist();
  }

  @Test
  void aComparisonTakesAtLeastOneSeed() {
    refuses(
        new ReproduceLeNetMethods(),
        "Cannot repeat every run with 0 seeds: it takes at least 1.",
        "--data=" + folder,
        "--output=" + output(),
        "--seeds=0");
  }

  @Test
  void anExportOfVariationalDropoutNeedsAThreshold() throws IOException {
    Path run = run("sparsity.method=variational-dropout");
    refuses(
        new Export(),
        "Cannot read %s without a threshold: the method variational-dropout removes weights whose log alpha reaches it; name one, such as --threshold 3."
            .formatted(run),
        "--run=" + run,
        "--output=" + output());
  }

  @Test
  void anExportOfOtherMethodsTakesNone() throws IOException {
    for (String method : List.of("l0", "dense")) {
      Path run = run("sparsity.method=" + method);
      refuses(
          new Export(),
          "Cannot read %s at threshold 3.0: the method %s has no threshold; leave it out."
              .formatted(run, method),
          "--run=" + run,
          "--threshold=3",
          "--output=" + output());
    }
  }

  @Test
  void aRunThatIsNotThereCannotBeEvaluatedOrExported() {
    Path missing = folder.resolve("runs/none");
    String sentence =
        "Cannot read %s: there is no such folder; name that of a finished run or of an export."
            .formatted(missing);
    refuses(new Evaluate(), sentence, "--run=" + missing);
    refuses(new Export(), sentence, "--run=" + missing, "--output=" + output());
  }

  @Test
  void anEvaluationWritesIntoNoFolderThatIsThere() throws IOException {
    Path run = run("sparsity.method=l0");
    Said said = Said.by(new Evaluate(), "--run=" + run, "--output=" + folder);
    assertThat(said.exit()).as(said.err()).isEqualTo(3);
    assertThat(said.err())
        .contains(
            "Cannot write to file:%s: it exists already; choose another output or remove it first."
                .formatted(folder));
  }

  @Test
  void evaluatingOtherMethodsTakesNoThresholds() throws IOException {
    Path run = run("sparsity.method=l0");
    refuses(
        new Evaluate(),
        "Cannot use sparsity.thresholds with sparsity.method = l0: it is a setting of variational-dropout; remove it.",
        "--run=" + run,
        "--thresholds=1,2");
  }

  @Test
  void checkpointsLieAtLeastAMinuteApart() {
    refuses(
        new Train(),
        "Cannot write a checkpoint every 0 minutes: it takes at least 1.",
        "--output=" + output(),
        "--checkpoint-minutes=0",
        "data=" + folder);
  }

  private void refuses(Job job, String sentence, String... arguments) {
    Said said = Said.by(job, arguments);
    assertThat(said.exit()).as(said.err()).isEqualTo(3);
    assertThat(said.err().lines().filter(line -> line.startsWith("espalier: ")))
        .containsExactly("espalier: " + sentence);
    assertThat(output()).doesNotExist();
  }

  private Path output() {
    return folder.resolve("out");
  }

  /** A run's folder, as far as it is read before it is refused. */
  private Path run(String settings) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        run.resolve("experiment.conf"), "data=\"%s\"\n%s\n".formatted(folder, settings));
    RunHistory history =
        new RunHistory(
            "run",
            "0".repeat(64),
            new TreeMap<>(),
            List.of(
                new RunPart(
                    "0.1",
                    new Platform("Linux", "17", "3.5", "1.0"),
                    new Execution(Instant.EPOCH, 1, "local[1]", 1),
                    0,
                    1)));
    Files.deleteIfExists(run.resolve("manifest.json"));
    RunManifest manifest =
        RunManifest.of(
            RunManifest.Kind.RUN,
            history,
            "0.1",
            new org.apache.hadoop.fs.Path(run.toString()),
            new Configuration());
    Files.writeString(run.resolve("manifest.json"), manifest.json());
    return run;
  }

  /** What a job said on standard error, and its exit code. */
  private record Said(int exit, String err) {
    static Said by(Job job, String... arguments) {
      PrintStream usual = System.err;
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      try {
        int exit = CommandRunner.run(job, arguments);
        return new Said(exit, err.toString(StandardCharsets.UTF_8));
      } finally {
        System.setErr(usual);
      }
    }
  }
}
