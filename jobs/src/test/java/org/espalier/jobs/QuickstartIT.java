package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, in its small form. */
class QuickstartIT {
  @TempDir private Path folder;

  @Test
  void endsWithATableAndAReportAndKeepsWhatIsDone() throws Exception {
    Launched first = Launched.espalier(folder, "quickstart", "--small", "--output", "q");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).contains("magnitude").contains("random").contains("dense");
    Path report = folder.resolve("q/report.html");
    assertThat(first.out().strip()).endsWith("report: " + report.toRealPath());
    assertThat(Files.readString(report)).contains("<html").doesNotContain("src=\"http");

    Launched again = Launched.espalier(folder, "quickstart", "--small", "--output", "q", "--json");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.err()).contains("kept").doesNotContain("loss");
    JsonNode line = new ObjectMapper().readTree(again.out());
    assertThat(line.get("status").asText()).isEqualTo("done");
    assertThat(line.get("runs")).hasSize(5);
  }
}
