package org.espalier.results.report;

/** HTML in the making; every text and attribute value is escaped, so no data can become markup. */
final class Markup {
  private final StringBuilder html = new StringBuilder();

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Begins an element; {@code attributes} are names and values in turn. */
  Markup open(String tag, String... attributes) {
    html.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      html.append(escape(attributes[i + 1])).append('"');
    }
    html.append('>');
    return this;
  }

  Markup close(String tag) {
    html.append("</").append(tag).append(">\n");
    return this;
  }

  Markup text(String text) {
    html.append(escape(text));
    return this;
  }

  /** A whole element that holds nothing but text. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Puts markup made elsewhere inside. */
  Markup add(Markup other) {
    html.append(other.html);
    return this;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
