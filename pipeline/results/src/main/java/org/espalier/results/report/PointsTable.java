package org.espalier.results.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.base.Metric;
import org.espalier.results.Figures;
import org.espalier.results.MetricText;
import org.espalier.results.OperatingPoint;
import org.espalier.results.SeedGroup;
import org.espalier.results.Sparsification;
import org.espalier.results.Spread;

/** The experiments of a study in numbers; columns that would say nothing are left out. */
final class PointsTable {
  private static final String ABSENT = "\u2013";

  private final Study study;
  private final Anchors anchors;
  private final boolean withTarget;
  private final boolean withThreshold;
  private final boolean withRange;
  private final boolean withMultiplyAdds;
  private final Metric leading;
  private final List<Metric> others;
  private final VariedKnobs knobs;
  private final Markup html = new Markup();
  private String methodAbove = "";

  private PointsTable(Study study, Anchors anchors) {
    this.study = study;
    this.anchors = anchors;
    List<SeedGroup> groups = study.groups();
    withTarget = groups.stream().anyMatch(group -> how(group).target().isPresent());
    withThreshold = groups.stream().anyMatch(group -> how(group).threshold().isPresent());
    withRange = groups.stream().anyMatch(group -> group.finished().size() > 1);
    withMultiplyAdds = groups.stream().anyMatch(group -> group.multiplyAdds().isPresent());
    leading = study.leading();
    others =
        groups.stream()
            .flatMap(group -> group.finished().stream())
            .flatMap(point -> point.measurement().metrics().keySet().stream())
            .filter(metric -> !metric.equals(leading))
            .distinct()
            .toList();
    knobs = VariedKnobs.variedIn(groups);
  }

  static Markup of(Study study, Anchors anchors) {
    PointsTable table = new PointsTable(study, anchors);
    table.html.open("div", "class", "scroll").open("table", "class", "points");
    table.head();
    table.html.open("tbody");
    study.groups().forEach(table::row);
    return table.html.close("tbody").close("table").close("div");
  }

  private void head() {
    html.open("thead").open("tr").element("th", "Method", "scope", "col");
    if (withTarget) {
      title("Target, %");
    }
    if (withThreshold) {
      title("Threshold");
    }
    title("Sparsity, %");
    title(MetricText.title(leading));
    if (withRange) {
      title("Lowest to highest");
    }
    title("Against dense");
    others.forEach(metric -> title(MetricText.title(metric)));
    title("Kept weights");
    title("Compression");
    if (withMultiplyAdds) {
      title("Multiply-adds per example");
    }
    title("Time");
    if (!knobs.areNone()) {
      html.element("th", "Setting", "scope", "col");
    }
    html.element("th", "Runs by seed", "scope", "col").close("tr").close("thead");
  }

  private void row(SeedGroup group) {
    boolean first = !how(group).method().equals(methodAbove);
    methodAbove = how(group).method();
    html.open("tr", "class", first ? "first" : "again");
    html.element("th", how(group).method(), "scope", "row");
    if (withTarget) {
      OptionalDouble target = how(group).target();
      number(target.isPresent() ? Figures.sparsity(target.getAsDouble()) : ABSENT);
    }
    if (withThreshold) {
      OptionalDouble threshold = how(group).threshold();
      number(threshold.isPresent() ? Double.toString(threshold.getAsDouble()) : ABSENT);
    }
    number(Figures.sparsity(group.sparsity().mean()));
    Optional<Spread> score = group.score();
    html.element(
        "td",
        score.map(spread -> MetricText.value(leading, spread.mean())).orElse("diverged"),
        "class",
        "number strong");
    if (withRange) {
      number(score.map(this::range).orElse(ABSENT));
    }
    number(againstDense(group));
    for (Metric metric : others) {
      number(
          group
              .spread(metric)
              .map(spread -> MetricText.value(metric, spread.mean()))
              .orElse(ABSENT));
    }
    number(Figures.count(Math.round(group.keptWeights().mean())));
    number(Figures.factor(group.compression().mean()).replace('x', '\u00d7'));
    if (withMultiplyAdds) {
      number(
          group
              .multiplyAdds()
              .map(spread -> Figures.count(Math.round(spread.mean())))
              .orElse(ABSENT));
    }
    number(Figures.duration(group.seconds().mean()));
    if (!knobs.areNone()) {
      html.element("td", knobs.of(group));
    }
    runs(group);
    html.close("tr");
  }

  private void runs(SeedGroup group) {
    html.open("td", "class", "runs");
    for (OperatingPoint point : group.points()) {
      html.element(
          "a",
          Long.toString(point.setting().training().seed())
              + (point.measurement().divergedAtStep().isPresent() ? " (diverged)" : ""),
          "href",
          "#" + anchors.id(point.run()),
          "title",
          point.run().name());
    }
    html.close("td");
  }

  private String againstDense(SeedGroup group) {
    if (how(group).isDense() || study.dense().isEmpty() || group.score().isEmpty()) {
      return ABSENT;
    }
    return MetricText.difference(leading, mean(group) - mean(study.dense().get()))
        .replace('-', '\u2212');
  }

  private String range(Spread spread) {
    return spread.count() == 1
        ? ABSENT
        : MetricText.value(leading, spread.min())
            + "\u2013"
            + MetricText.value(leading, spread.max());
  }

  private static double mean(SeedGroup group) {
    return group.score().orElseThrow().mean();
  }

  private static Sparsification how(SeedGroup group) {
    return group.setting().sparsification();
  }

  private void title(String text) {
    html.element("th", text, "scope", "col", "class", "number");
  }

  private void number(String text) {
    html.element("td", text, "class", "number");
  }
}
