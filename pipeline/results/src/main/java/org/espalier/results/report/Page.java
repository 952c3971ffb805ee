package org.espalier.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.results.ResultsTable;
import org.espalier.results.SampleTranslations;

/** Puts the page together: template, style, script, plotting library, data, tables. */
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  private Page() {}

  static String html(ResultsTable table, List<SampleTranslations> samples, String title) {
    List<Study> studies = Study.of(table.seedGroups());
    Anchors anchors = Anchors.of(table.rows());
    return fill(
        Resources.text("report.html"),
        Map.ofEntries(
            Map.entry("title", Markup.escape(title)),
            Map.entry("style", Resources.text("report.css")),
            Map.entry("lede", Markup.escape(Summary.of(table.rows()))),
            Map.entry("studies", StudySection.all(studies, anchors)),
            Map.entry("sentences", SentencesSection.of(samples)),
            Map.entry("provenance", ProvenanceSection.of(table.rows(), anchors)),
            Map.entry("chartjs", Resources.plottingLibrary()),
            Map.entry("data", json(studies.stream().map(ChartData::of).toList())),
            Map.entry("look", Resources.text("look.js")),
            Map.entry("charts", Resources.text("charts.js")),
            Map.entry("wiring", Resources.text("report.js"))));
  }

  /** Replaces every place of the template once; what is filled in is not looked at again. */
  private static String fill(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  /** JSON that cannot end the script element it stands in, whatever names the data holds. */
  private static String json(List<ChartData> studies) {
    try {
      return new ObjectMapper()
          .writeValueAsString(studies)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The plots' data cannot be written as JSON", e);
    }
  }
}
