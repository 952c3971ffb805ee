package org.espalier.results.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.espalier.results.Execution;
import org.espalier.results.Figures;
import org.espalier.results.Measurement;
import org.espalier.results.OperatingPoint;
import org.espalier.results.Provenance;
import org.espalier.results.RunIdentity;
import org.espalier.results.Training;

/** What every run came from: configuration, hashes, versions, machine; folded, one per run. */
final class ProvenanceSection {
  private static final String UNKNOWN = "not recorded";

  private ProvenanceSection() {}

  static String of(List<OperatingPoint> rows, Anchors anchors) {
    Map<RunIdentity, List<OperatingPoint>> runs =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    OperatingPoint::run, LinkedHashMap::new, Collectors.toList()));
    Markup html = new Markup();
    runs.forEach((run, points) -> html.add(run(run, points, anchors)));
    return html.toString();
  }

  private static Markup run(RunIdentity run, List<OperatingPoint> points, Anchors anchors) {
    OperatingPoint first = points.get(0);
    Markup html = new Markup().open("details", "class", "run", "id", anchors.id(run));
    html.open("summary").element("code", run.name());
    html.element("span", headline(first), "class", "headline").close("summary");
    html.open("dl");
    points.forEach(point -> entry(html, "Measured", measured(point)));
    facts(first).forEach((term, value) -> entry(html, term, value));
    html.close("dl").element("h4", "Resolved configuration");
    html.element("pre", first.provenance().configuration());
    return html.close("details");
  }

  private static String headline(OperatingPoint point) {
    OptionalDouble target = point.setting().sparsification().target();
    return point.setting().network()
        + " on "
        + point.setting().dataset()
        + ", "
        + point.setting().sparsification().method()
        + (target.isPresent() ? " " + Labels.percent(target.getAsDouble()) : "")
        + ", seed "
        + point.setting().training().seed();
  }

  private static String measured(OperatingPoint point) {
    Measurement measurement = point.measurement();
    OptionalDouble threshold = point.setting().sparsification().threshold();
    String loss =
        measurement.loss().isPresent() ? ", loss " + measurement.loss().getAsDouble() : "";
    String outcome =
        measurement.divergedAtStep().isPresent()
            ? "diverged at step " + Figures.count(measurement.divergedAtStep().getAsLong())
            : "accuracy " + measurement.accuracy().orElseThrow();
    return (threshold.isPresent() ? "threshold " + threshold.getAsDouble() + ": " : "")
        + outcome
        + loss
        + ", %s of %s weights kept, %s of %s parameters in all"
            .formatted(
                Figures.count(measurement.size().kept()),
                Figures.count(measurement.size().weights()),
                Figures.count(measurement.size().nonZeroParameters()),
                Figures.count(measurement.size().parameters()));
  }

  private static Map<String, String> facts(OperatingPoint point) {
    Map<String, String> facts = new LinkedHashMap<>();
    Training training = point.setting().training();
    Provenance provenance = point.provenance();
    Execution execution = provenance.execution();
    facts.put(
        "Training",
        "%s steps (%s epochs) of %s examples on %d logical workers, averaged every %d"
            .formatted(
                Figures.count(training.steps()),
                plain(training.epochs()),
                Figures.count(training.batch()),
                training.workers(),
                training.averagingFrequency()));
    facts.put("Masked gradient", point.setting().sparsification().maskedGradient());
    point.setting().notes().forEach((knob, value) -> facts.putIfAbsent(knob, value));
    facts.put("Run hash", point.run().hash());
    facts.put("Data hash", provenance.dataHash());
    facts.put("Parameters, SHA-256", provenance.model().parametersSha256().orElse(UNKNOWN));
    facts.put("Masks, SHA-256", provenance.model().masksSha256().orElse(UNKNOWN));
    facts.put("Code", provenance.codeVersion());
    facts.put("Platform", provenance.platform().description());
    facts.put(
        "Versions",
        "Java %s, Spark %s, DL4J %s"
            .formatted(
                provenance.platform().java(),
                provenance.platform().spark(),
                provenance.platform().dl4j()));
    facts.put(
        "Executed",
        "%s, %s on %s, executors: %d"
            .formatted(
                execution.startedAt(),
                Figures.duration(execution.seconds()),
                execution.master(),
                execution.executors()));
    return facts;
  }

  private static String plain(double epochs) {
    return epochs == Math.rint(epochs)
        ? Figures.count((long) epochs)
        : String.format(Locale.ROOT, "%.2f", epochs);
  }

  private static void entry(Markup html, String term, String value) {
    html.element("dt", term).element("dd", value);
  }
}
