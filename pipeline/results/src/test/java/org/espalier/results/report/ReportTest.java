package org.espalier.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.results.InferenceCost;
import org.espalier.results.ModelSize;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.results.SamplePoints;
import org.espalier.results.Sparsification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&{{data}}";

  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  @Test
  void thePageHoldsTheNumbersAndTheirProvenance() throws IOException {
    String page = page(SamplePoints.study());
    assertThat(page).doesNotContain("Multiply-adds per example");

    assertThat(page)
        .contains("<h3>Accuracy over sparsity</h3>")
        .contains("<h2>lenet-300-100 <span class=\"dataset\">on digits</span>")
        .contains("<td class=\"number strong\">98.03</td>")
        .contains("<td class=\"number\">13,310</td>")
        .contains("diverged at step 1,200")
        .contains("training { workers = 8, batch = 400, steps = 2400 }")
        .contains("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        .contains("Java 17.0.15, Spark 3.5.7, DL4J 1.0.0-M2.1")
        .contains("Chart.js v4");
  }

  @Test
  void theLeadingMetricAndTheOthersHaveTheirNamesAndUnits() throws IOException {
    String page =
        page(
            List.of(
                SamplePoints.translated("dense", 0, 1, 27.306),
                SamplePoints.translated("magnitude", 0.9, 1, 26.0)));

    assertThat(page)
        .contains("<h3>BLEU over sparsity</h3>")
        .contains(">BLEU</th>", ">chrF</th>", ">Cross-entropy, nats</th>")
        .contains("<td class=\"number strong\">27.31</td>", "<td class=\"number\">47.31</td>")
        .contains("<td class=\"number\">\u22121.31</td>")
        .contains("bleu 27.306, chrf 47.306")
        .doesNotContain("ccuracy, %");
    JsonNode metric = data(page).get(0).get("metric");
    assertThat(metric.get("title").asText()).isEqualTo("Test BLEU");
    assertThat(metric.get("factor").asDouble()).isEqualTo(1);
    assertThat(metric.get("logError").asBoolean()).isFalse();
  }

  @Test
  void allPartsOfAResumedRunAreTold() throws IOException {
    OperatingPoint resumed =
        SamplePoints.inParts(
            SamplePoints.finished("magnitude", 0.9, 1, 0.98),
            SamplePoints.part("2026-03-01T10:00:00Z", 20, 0, 1000),
            SamplePoints.part("2026-03-01T11:00:00Z", 30, 1000, 2400));

    assertThat(page(List.of(resumed)))
        .contains("<dt>Part 1 of 2</dt>", "steps 0 to 1,000: 2026-03-01T10:00:00Z, 20.0 s on")
        .contains("<dt>Part 2 of 2</dt>", "steps 1,000 to 2,400: 2026-03-01T11:00:00Z, 30.0 s on")
        .contains("<td class=\"number\">50.0 s</td>");
  }

  @Test
  void anEvaluationOnOtherDataIsToldFromTheRunsOwn() throws IOException {
    OperatingPoint own = SamplePoints.finished("magnitude", 0.9, 1, 0.98);

    String page = page(List.of(own, SamplePoints.evaluatedAgain(own, "0123456789abcdef")));

    assertThat(page)
        .contains("1 run gave 2 operating points")
        .contains("data 01234567</td>", "data 5f1c0c9b</td>")
        .contains("<dd>on digits 01234567: accuracy 0.98, ")
        .contains("<dt>Evaluated again</dt>")
        .contains("<dd>on digits 01234567: 2026-03-02T08:00:00Z, 2.5 s");
  }

  @Test
  void everySeedOfATableLinksToItsRun() throws IOException {
    String page = page(SamplePoints.study());

    List<String> links = groups(page, "href=\"#(run-\\d+)\"");
    assertThat(links).hasSizeGreaterThan(50).allMatch(id -> page.contains("id=\"" + id + "\""));
  }

  @Test
  void thePlotsHoldTheSameData() throws IOException {
    JsonNode studies = data(page(SamplePoints.study()));

    assertThat(studies).hasSize(2);
    JsonNode magnitude = studies.get(0).get("curves").get(0);
    assertThat(magnitude.get("method").asText()).isEqualTo("magnitude");
    assertThat(magnitude.get("points")).hasSize(5);
    JsonNode at95 = magnitude.get("points").get(3);
    assertThat(at95.get("label").asText()).isEqualTo("95\u00a0%");
    assertThat(at95.get("min").asDouble()).isLessThan(at95.get("score").asDouble());
    assertThat(at95.get("max").asDouble()).isGreaterThan(at95.get("score").asDouble());
    assertThat(at95.get("scoreText").asText()).matches("98\\.\\d\\d % accuracy");
    assertThat(studies.get(0).get("metric").get("title").asText()).isEqualTo("Test accuracy, %");
    assertThat(studies.get(0).get("metric").get("logError").asBoolean()).isTrue();
    assertThat(at95.get("runs")).hasSize(3);
    assertThat(studies.get(0).get("tensors")).hasSize(3);
    assertThat(studies.get(0).get("layers").get(0).get("sparsity")).hasSize(3);
  }

  @Test
  void namesCannotBecomeMarkupOrScript() throws IOException {
    Sparsification how =
        new Sparsification(HOSTILE, OptionalDouble.of(0.9), OptionalDouble.empty(), HOSTILE);
    OperatingPoint point =
        SamplePoints.point(
            HOSTILE, how, 1, SamplePoints.classified(0.9, 0.1, SamplePoints.size(HOSTILE, 0.9)));

    String page = html(ReportPage.of(ResultsTable.of(List.of(point))).titled(HOSTILE));

    assertThat(page).doesNotContain("<img").doesNotContain("</script><i");
    assertThat(groups(page, "(<script)")).hasSameSizeAs(groups(page, "(</script>)"));
    assertThat(page).contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
    assertThat(data(page).get(0).get("curves").get(0).get("method").asText()).isEqualTo(HOSTILE);
  }

  @Test
  void nothingIsAskedOfTheNetwork() throws IOException {
    String page = page(SamplePoints.study());

    assertThat(groups(page, "(?:src|href|action)\\s*=\\s*[\"']([^\"'#][^\"']*)")).isEmpty();
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("<link")
        .doesNotContain("@import")
        .doesNotContain("url(")
        .doesNotContain("sourceMappingURL");
  }

  @Test
  void equalResultsGiveEqualPages() {
    Path first = report().writeTo(path("a"), hadoop);
    Path second = report().writeTo(path("b"), hadoop);

    assertThat(java.nio.file.Path.of(first.toUri()))
        .hasSameBinaryContentAs(java.nio.file.Path.of(second.toUri()));
  }

  @Test
  void anOlderReportStaysUnlessItIsToBeReplaced() throws IOException {
    Path page = report().writeTo(path("out"), hadoop);

    assertThatThrownBy(() -> report().writeTo(path("out"), hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("report.html: it exists already");

    report().titled("Second").replacingOlder().writeTo(path("out"), hadoop);
    assertThat(Files.readString(java.nio.file.Path.of(page.toUri()))).contains("<h1>Second</h1>");
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void multiplyAddsHaveAColumnWhereTheyAreKnown() throws IOException {
    OperatingPoint counted =
        SamplePoints.point(
            "resnet-50",
            SamplePoints.finished("magnitude", 0.9, 1, 0.98).setting().sparsification(),
            1,
            SamplePoints.classified(
                0.9,
                0.1,
                new ModelSize(100, 10, 7, List.of())
                    .costing(Optional.of(new InferenceCost(4_089_184_256L, 408_918_425L)))));

    assertThat(page(List.of(counted)))
        .contains("Multiply-adds per example")
        .contains("408,918,425");
  }

  @Test
  void aStudyInWhichEveryRunDivergedStillHasItsTable() throws IOException {
    String page = page(List.of(SamplePoints.diverged("magnitude", 0.9, 1, 7)));

    assertThat(page)
        .contains("No run finished.")
        .contains("<td class=\"number strong\">diverged</td>")
        .doesNotContain("<canvas");
  }

  private static ReportPage report() {
    return ReportPage.of(ResultsTable.of(SamplePoints.study()));
  }

  private String page(List<OperatingPoint> points) throws IOException {
    return html(ReportPage.of(ResultsTable.of(points)));
  }

  private String html(ReportPage report) throws IOException {
    return Files.readString(java.nio.file.Path.of(report.writeTo(path("page"), hadoop).toUri()));
  }

  private static JsonNode data(String page) throws IOException {
    return new ObjectMapper().readTree(groups(page, "id=\"data\">(.*?)</script>").get(0));
  }

  private static List<String> groups(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    return matcher.results().map(result -> result.group(1)).toList();
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }
}
