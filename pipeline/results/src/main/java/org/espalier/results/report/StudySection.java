package org.espalier.results.report;

import java.util.List;
import org.espalier.results.Figures;
import org.espalier.results.MetricText;
import org.espalier.results.TensorSize;

/** One network on one dataset: summary, plots, and the plots' numbers as tables. */
final class StudySection {
  private StudySection() {}

  static String all(List<Study> studies, Anchors anchors) {
    Markup html = new Markup();
    for (int i = 0; i < studies.size(); i++) {
      html.add(of(studies.get(i), i, anchors));
    }
    return html.toString();
  }

  private static Markup of(Study study, int index, Anchors anchors) {
    Markup html = new Markup().open("section", "class", "study", "data-study", "" + index);
    html.open("h2").text(study.network()).text(" ");
    html.element("span", "on " + study.dataset(), "class", "dataset").close("h2");
    html.element("p", Summary.of(study), "class", "summary");
    LayerTable layers = LayerTable.of(study);
    boolean plotted = study.dense().isPresent() || !study.curves().isEmpty();
    if (plotted) {
      html.add(
          figure(
              "curve",
              MetricText.heading(study.leading()) + " over sparsity",
              "Test "
                  + MetricText.label(study.leading())
                  + " over the fraction of sparsifiable weights that are zero, "
                  + study.title()
                  + ". The table below holds the same numbers."));
    }
    if (!layers.rows().isEmpty()) {
      html.add(
          figure(
              "layers",
              "Sparsity per tensor",
              "Fraction of zeros in each sparsifiable tensor, "
                  + study.title()
                  + ". The table below holds the same numbers."));
    }
    html.element("h3", "Operating points").add(PointsTable.of(study, anchors));
    if (!layers.rows().isEmpty()) {
      html.open("details").element("summary", "Sparsity per tensor as a table, in %");
      html.add(layerTable(layers)).close("details");
    }
    return html.close("section");
  }

  private static Markup figure(String kind, String title, String description) {
    Markup html = new Markup().open("figure", "class", "plot " + kind);
    html.open("figcaption").element("h3", title);
    html.open("div", "class", "controls").close("div").close("figcaption");
    html.open("div", "class", "canvas");
    html.element("canvas", description, "role", "img", "aria-label", description);
    return html.close("div").close("figure");
  }

  private static Markup layerTable(LayerTable layers) {
    Markup html = new Markup().open("div", "class", "scroll").open("table").open("thead");
    html.open("tr").element("th", "Operating point", "scope", "col");
    for (TensorSize tensor : layers.sizes()) {
      html.open("th", "scope", "col", "class", "number").text(tensor.name());
      html.element("small", tensor.shape()).close("th");
    }
    html.close("tr").close("thead").open("tbody");
    for (LayerTable.Row row : layers.rows()) {
      html.open("tr");
      html.element("th", row.method() + " " + row.label(), "scope", "row");
      row.sparsity()
          .forEach(zeros -> html.element("td", Figures.sparsity(zeros), "class", "number"));
      html.close("tr");
    }
    return html.close("tbody").close("table").close("div");
  }
}
