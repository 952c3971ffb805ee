package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.results.report.ReportPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTranslationsTest {
  private final Configuration hadoop = new Configuration();
  @TempDir private java.nio.file.Path folder;

  private static TranslatedSentence sentence(long number) {
    return new TranslatedSentence(
        number % 2 == 0 ? OptionalDouble.empty() : OptionalDouble.of(2.5),
        number,
        "<b>source</b> " + number,
        "Verweis " + number,
        "Übersetzung " + number);
  }

  private Path run(String name) throws IOException {
    Path run = new Path(folder.toString(), name);
    ResultsFile.write(
        new Path(run, ResultsFile.NAME),
        List.of(SamplePoints.translated("dense", 0, 1, 27.3)),
        hadoop);
    return run;
  }

  @Test
  void theFirstSentencesOfARunAreRead() throws IOException {
    List<TranslatedSentence> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(sentence(i));
    }
    TranslationsFile.write(run("a"), all, hadoop);
    run("b");
    List<SampleTranslations> samples = SampleTranslations.read(new Path(folder.toString()), hadoop);
    assertThat(samples).hasSize(1);
    assertThat(samples.get(0).sentences()).isEqualTo(all.subList(0, 8));
  }

  @Test
  void theReportShowsThem() throws IOException {
    TranslationsFile.write(run("a"), List.of(sentence(0), sentence(1)), hadoop);
    Path root = new Path(folder.toString());
    List<SampleTranslations> samples = SampleTranslations.read(root, hadoop);
    ReportPage.of(ResultsTable.read(root, hadoop)).showing(samples).writeTo(root, hadoop);
    String page = Files.readString(folder.resolve(ReportPage.NAME));
    assertThat(page)
        .contains("<h3>&lt;b&gt;source&lt;/b&gt; 0</h3>")
        .contains("<dt>Reference</dt>\n<dd>Verweis 1</dd>")
        .contains("<dt>%s</dt>\n<dd>Übersetzung 1</dd>".formatted(samples.get(0).run()));
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Path run = run("a");
    Files.writeString(folder.resolve("a").resolve(TranslationsFile.NAME), "none");
    assertThatThrownBy(() -> SampleTranslations.read(run, hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot read the translations in ")
        .hasMessageEndingWith("; take another copy of the run.");
  }
}
