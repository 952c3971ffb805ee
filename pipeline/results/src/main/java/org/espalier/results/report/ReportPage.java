package org.espalier.results.report;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.results.ResultsTable;
import org.espalier.results.SampleTranslations;
import org.espalier.storage.WholeFile;

/**
 * Results as one HTML page for people: the leading metric over sparsity per network and dataset,
 * sparsity per tensor, the same numbers as tables, sentences that were translated, and the
 * provenance of every run.
 *
 * <p>The page is complete in itself: style, script and plots are inside, and it asks no network for
 * anything. Equal results give equal bytes.
 */
public final class ReportPage {
  /** The name of the page in its folder. */
  public static final String NAME = "report.html";

  private static final String TITLE_DEFAULT = "Espalier results";

  private enum OlderReport {
    REFUSED,
    REPLACED
  }

  private final ResultsTable table;
  private final List<SampleTranslations> samples;
  private final String title;
  private final OlderReport older;

  private ReportPage(
      ResultsTable table, List<SampleTranslations> samples, String title, OlderReport older) {
    this.table = Objects.requireNonNull(table, "table");
    this.samples = List.copyOf(samples);
    this.title = Objects.requireNonNull(title, "title");
    this.older = older;
  }

  /** A report of {@code table}, titled {@value #TITLE_DEFAULT}, that replaces no older one. */
  public static ReportPage of(ResultsTable table) {
    return new ReportPage(table, List.of(), TITLE_DEFAULT, OlderReport.REFUSED);
  }

  /** The same report under another title. */
  public ReportPage titled(String otherTitle) {
    return new ReportPage(table, samples, otherTitle, older);
  }

  /** The same report with sentences that runs translated. */
  public ReportPage showing(List<SampleTranslations> translated) {
    return new ReportPage(table, translated, title, older);
  }

  /** The same report, which takes the place of one that is there already. */
  public ReportPage replacingOlder() {
    return new ReportPage(table, samples, title, OlderReport.REPLACED);
  }

  /**
   * Writes {@value #NAME} into {@code folder}, which is created where it is missing. The page
   * appears whole or not at all.
   *
   * @return the page's fully qualified path
   * @throws Refusal if there is a report already (see {@link #replacingOlder()}) or the folder
   *     cannot be written
   */
  public Path writeTo(Path folder, Configuration hadoop) {
    byte[] page = Page.html(table, samples, title).getBytes(StandardCharsets.UTF_8);
    Path file = new Path(folder, NAME);
    WholeFile destination =
        switch (older) {
          case REFUSED -> WholeFile.creating(file, hadoop);
          case REPLACED -> WholeFile.replacing(file, hadoop);
        };
    return destination.write(
        (files, unfinished) -> {
          try (OutputStream out = files.create(unfinished)) {
            out.write(page);
          }
        });
  }
}
