package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunManifestTest {
  static final RunHistory HISTORY =
      new RunHistory(
          "net-dense-0123abcd",
          "0123abcd".repeat(8),
          new TreeMap<>(Map.of("workers", "8", "data", "cafe")),
          List.of(
              new RunPart(
                  "0.1 (abc)",
                  new Platform("Linux", "17", "3.5.1", "1.0.0-M2.1"),
                  new Execution(Instant.ofEpochMilli(1_700_000_000_123L), 3, "yarn", 8),
                  0,
                  10)));

  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  @Test
  void itListsEveryFileWithItsLengthAndChecksumAndReadsBackTheSame() throws IOException {
    Files.createDirectories(folder.resolve("smtx"));
    Files.writeString(folder.resolve("a b.f32"), "four");
    Files.writeString(folder.resolve("smtx/x.smtx"), "");
    RunManifest manifest = manifest();
    assertThat(manifest.files()).containsOnlyKeys("a b.f32", "smtx/x.smtx");
    assertThat(manifest.files().get("a b.f32"))
        .isEqualTo(new PublishedFile(4, Sha256.of("four".getBytes(StandardCharsets.UTF_8))));
    assertThat(RunManifest.parse(manifest.json())).contains(manifest);
    assertThat(manifest.json()).contains("\"kind\" : \"run\"", "\"2023-11-14T22:13:20.123Z\"");
    assertThat(RunHistory.parse(HISTORY.json())).isEqualTo(HISTORY);
  }

  @Test
  void aRunTellsWhichTensorsItLeftMaskedWeightsOutOf() throws IOException {
    RunManifest run = manifest().leavingOut(List.of("fc1/W", "fc2/W"));
    assertThat(run.json()).contains("\"leftOut\" : [ \"fc1/W\", \"fc2/W\" ]");
    assertThat(RunManifest.parse(run.json())).contains(run);
  }

  @Test
  void theVersionThatDidNotTellItIsRead() throws IOException {
    String older =
        manifest()
            .json()
            .replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 1")
            .replace("  \"leftOut\" : [ ],\n", "");
    assertThat(older).doesNotContain("leftOut");
    assertThat(RunManifest.parse(older))
        .hasValueSatisfying(
            read -> {
              assertThat(read.leftOut()).isEmpty();
              assertThat(read.run()).isEqualTo(HISTORY);
            });
  }

  @Test
  void whatIsNoManifestOfARunIsRefused() throws IOException {
    String json = manifest().json();
    refuses(
        json.substring(0, json.length() / 2),
        "Cannot use the manifest %s/manifest.json: it is damaged, or no JSON; name the folder of a finished run or of an export.");
    refuses(
        json.replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 3"),
        "Cannot use the manifest %s/manifest.json: it has schema version 3 and this version of Espalier reads 1 and 2; name the folder of a finished run or of an export.");
    refuses(
        "{\"schemaVersion\":1,\"name\":\"mnist\"}",
        "Cannot read %s: its manifest.json is not that of a run or an export; name the folder of a finished run or of an export.");
    assertThat(FinishedFolder.find(new Path(folder.toString()), hadoop)).isEmpty();
  }

  private void refuses(String text, String sentence) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), text);
    assertThatThrownBy(() -> FinishedFolder.open(new Path(folder.toString()), hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence, folder);
  }

  @Test
  void filesThatAreMissingOrNotListedAreNamed() throws IOException {
    Files.writeString(folder.resolve("a"), "x");
    Files.writeString(folder.resolve("manifest.json"), manifest().json());
    Files.writeString(folder.resolve("b"), "y");
    Files.delete(folder.resolve("a"));
    FinishedFolder finished = FinishedFolder.open(new Path(folder.toString()), hadoop);
    assertThatThrownBy(() -> finished.bytes("a"))
        .hasMessage("Cannot read %s/a: it is missing; take another copy of the folder.", folder);
    assertThatThrownBy(() -> finished.bytes("b"))
        .hasMessage(
            "Cannot read b from %s: its manifest lists no such file; name a run that has one.",
            folder);
  }

  private RunManifest manifest() throws IOException {
    return RunManifest.of(
        RunManifest.Kind.RUN, HISTORY, "0.2 (def)", new Path(folder.toString()), hadoop);
  }
}
