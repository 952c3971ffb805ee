package org.espalier.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which code is running: the project's version and the commit that it was built from. */
public final class CodeVersion {
  private static final String PROPERTIES = "/org/espalier/build.properties";

  private CodeVersion() {}

  public static String current() {
    Properties build = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + PROPERTIES, e);
    }
    String version = build.getProperty("git.build.version", "unknown version");
    String commit = build.getProperty("git.commit.id.abbrev", "unknown commit");
    boolean changed = Boolean.parseBoolean(build.getProperty("git.dirty", "false"));
    return version + " (" + commit + (changed ? ", with uncommitted changes" : "") + ")";
  }
}
