package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.base.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parallel text to a dataset on executors of their own. */
class PrepareWmt14IT {
  @TempDir private Path folder;

  @Test
  void textBecomesPackedPairsAndTheirVocabulary() throws Exception {
    StringBuilder source = new StringBuilder();
    StringBuilder target = new StringBuilder();
    for (int pair = 0; pair < 5000; pair++) {
      source.append("the %d cats\n".formatted(pair));
      target.append("die %d Katzen\n".formatted(pair));
    }
    Files.writeString(folder.resolve("en"), source);
    Files.writeString(folder.resolve("de"), target + "zuviel\n");
    String[] command = {
      "prepare",
      "wmt14",
      "--source=en",
      "--target=de",
      "--test-source=en",
      "--test-target=en",
      "--size=200",
      "--output=pairs",
      "--master=local-cluster[2,1,512]",
      "--json"
    };
    Launched refused = Launched.espalier(folder, command);
    assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
    assertThat(refused.err()).contains("the first has 5000 lines and the second 5001 lines");
    assertThat(folder.resolve("pairs")).doesNotExist();

    Files.writeString(folder.resolve("de"), target);
    command[command.length - 2] = "--master=local-cluster[2,1,512]";
    Launched prepared = Launched.espalier(folder, command);
    assertThat(prepared.exit()).as(prepared.err()).isZero();
    JsonNode line = new ObjectMapper().readTree(prepared.out());
    assertThat(line.get("splits").get("train").get("kept").get("pairs").asInt()).isEqualTo(5000);
    assertThat(line.get("splits").get("train").get("padding").asDouble()).isBetween(0.0, 0.5);
    assertThat(line.get("rows").get("test").asInt()).isEqualTo(5000);
    byte[] vocabulary = Files.readAllBytes(folder.resolve("pairs/vocabulary.subwords"));
    assertThat(line.get("vocabulary").asText()).isEqualTo("sha256:" + Sha256.of(vocabulary));
    assertThat(Files.readString(folder.resolve("pairs/manifest.json")))
        .contains(Sha256.of(vocabulary));
  }
}
