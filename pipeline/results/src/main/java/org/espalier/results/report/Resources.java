package org.espalier.results.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The files that every report is made of. */
final class Resources {
  private Resources() {}

  /** A file that lies beside this class. */
  static String text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "Cannot write a report: "
                + name
                + " is missing from the class path; build Espalier again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a report: " + name + " cannot be read", e);
    }
  }

  /** The source of Chart.js, without its pointer to a source map and fit for a script element. */
  static String plottingLibrary() {
    Properties places = new Properties();
    try {
      places.load(new StringReader(text("libraries.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a report: its list of libraries is broken", e);
    }
    return text(places.getProperty("chartjs"))
        .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
        .replace("</script", "<\\/script");
  }
}
