package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input is answered with one sentence, the right exit code, and no file. */
class BadInputIT {
  @TempDir private Path folder;

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOnes() throws Exception {
    Launched refused =
        Launched.espalier(folder, "train", "--output", "runs", "data=digits", "worker=8");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(sentences(refused))
        .containsExactly(
            "espalier: Cannot use the configuration key 'worker': it is unknown; did you mean workers, network, averaging.frequency?");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void missingDataIsRefusedBeforeSparkStarts() throws Exception {
    Launched refused = Launched.espalier(folder, "train", "--output", "runs", "data=nowhere");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(sentences(refused)).hasSize(1).first().asString().contains("nowhere");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void anUnknownCommandIsWrongUsage() throws Exception {
    Launched wrong = Launched.espalier(folder, "tran");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("tran").contains("train");
  }

  @Test
  void aMissingOptionIsWrongUsage() throws Exception {
    Launched wrong = Launched.espalier(folder, "prepare", "digits");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("--output");
  }

  @Test
  void aTruncatedFileIsRefusedAndNothingIsWritten() throws Exception {
    Path raw = Files.createDirectory(folder.resolve("raw"));
    for (String name :
        new String[] {
          "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"
        }) {
      Files.write(raw.resolve(name + "-ubyte.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
    }
    Launched refused =
        Launched.espalier(
            folder, "prepare", "mnist", "--input", "raw", "--output", "mnist", "--json");
    assertThat(refused.exit()).isEqualTo(3);
    JsonNode line = new ObjectMapper().readTree(refused.out());
    assertThat(line.get("status").asText()).isEqualTo("refused");
    assertThat(line.get("error").asText()).startsWith("Cannot ").contains("images-idx3-ubyte.gz");
    assertThat(folder.resolve("mnist")).doesNotExist();
  }

  @Test
  void anOutputThatExistsIsRefused() throws Exception {
    Files.createDirectory(folder.resolve("digits"));
    Launched refused = Launched.espalier(folder, "prepare", "digits", "--output", "digits");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(sentences(refused))
        .hasSize(1)
        .first()
        .asString()
        .contains("it exists already; choose another output or remove it first.");
  }

  private static java.util.List<String> sentences(Launched launched) {
    return launched.err().lines().filter(line -> line.startsWith("espalier: ")).toList();
  }
}
