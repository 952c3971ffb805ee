package org.espalier.results.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.espalier.results.Execution;
import org.espalier.results.Figures;
import org.espalier.results.Measurement;
import org.espalier.results.ModelSize;
import org.espalier.results.OperatingPoint;
import org.espalier.results.Platform;
import org.espalier.results.Provenance;
import org.espalier.results.RunIdentity;
import org.espalier.results.RunPart;
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
    OperatingPoint own =
        points.stream().filter(ProvenanceSection::isOfTheRun).findFirst().orElse(points.get(0));
    Markup html = new Markup().open("details", "class", "run", "id", anchors.id(run));
    html.open("summary").element("code", run.name());
    html.element("span", headline(own), "class", "headline").close("summary");
    html.open("dl");
    points.forEach(point -> entry(html, "Measured", measured(point)));
    facts(own).forEach((term, value) -> entry(html, term, value));
    parts(own.provenance().runParts()).forEach((term, value) -> entry(html, term, value));
    evaluations(points).forEach(evaluation -> entry(html, "Evaluated again", evaluation));
    html.close("dl").element("h4", "Resolved configuration");
    html.element("pre", own.provenance().configuration());
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

  private static boolean isOfTheRun(OperatingPoint point) {
    return point.provenance().evaluation().isEmpty();
  }

  private static String measured(OperatingPoint point) {
    Measurement measurement = point.measurement();
    List<String> said = new ArrayList<>();
    measurement
        .divergedAtStep()
        .ifPresent(step -> said.add("diverged at step " + Figures.count(step)));
    measurement.metrics().forEach((metric, value) -> said.add(metric.name() + " " + value));
    ModelSize size = measurement.size();
    said.add(
        "%s of %s weights kept"
            .formatted(Figures.count(size.kept()), Figures.count(size.weights())));
    said.add(
        "%s of %s parameters in all"
            .formatted(Figures.count(size.nonZeroParameters()), Figures.count(size.parameters())));
    return circumstances(point) + String.join(", ", said);
  }

  /** What tells a measurement from the others of its run, with a colon; or nothing. */
  private static String circumstances(OperatingPoint point) {
    List<String> said = new ArrayList<>();
    if (!isOfTheRun(point)) {
      said.add("on " + data(point));
    }
    point
        .setting()
        .sparsification()
        .threshold()
        .ifPresent(threshold -> said.add("threshold " + threshold));
    return said.isEmpty() ? "" : String.join(", ", said) + ": ";
  }

  private static String data(OperatingPoint point) {
    return point.setting().dataset() + " " + Labels.hash(point.provenance().dataHash());
  }

  private static Map<String, String> facts(OperatingPoint point) {
    Map<String, String> facts = new LinkedHashMap<>();
    Training training = point.setting().training();
    Provenance provenance = point.provenance();
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
    return facts;
  }

  private static Map<String, String> parts(List<RunPart> parts) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (parts.size() == 1) {
      RunPart whole = parts.get(0);
      facts.put("Code", whole.codeVersion());
      facts.put("Platform", whole.platform().description());
      facts.put("Versions", versions(whole.platform()));
      facts.put("Executed", executed(whole.execution()));
      return facts;
    }
    for (int i = 0; i < parts.size(); i++) {
      RunPart part = parts.get(i);
      facts.put(
          "Part %d of %d".formatted(i + 1, parts.size()),
          "steps %s to %s: %s"
              .formatted(
                  Figures.count(part.firstStep()),
                  Figures.count(part.lastStep()),
                  described(part)));
    }
    return facts;
  }

  /** A text per evaluation of the finished run, of which each can have given several points. */
  private static Collection<String> evaluations(List<OperatingPoint> points) {
    Map<List<Object>, String> evaluations = new LinkedHashMap<>();
    for (OperatingPoint point : points) {
      point
          .provenance()
          .evaluation()
          .ifPresent(
              part ->
                  evaluations.put(
                      List.of(data(point), part.execution().startedAt()),
                      "on %s: %s".formatted(data(point), described(part))));
    }
    return evaluations.values();
  }

  private static String described(RunPart part) {
    return "%s; code %s; %s; %s"
        .formatted(
            executed(part.execution()),
            part.codeVersion(),
            part.platform().description(),
            versions(part.platform()));
  }

  private static String versions(Platform platform) {
    return "Java %s, Spark %s, DL4J %s"
        .formatted(platform.java(), platform.spark(), platform.dl4j());
  }

  private static String executed(Execution execution) {
    return "%s, %s on %s, executors: %d"
        .formatted(
            execution.startedAt(),
            Figures.duration(execution.seconds()),
            execution.master(),
            execution.executors());
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
