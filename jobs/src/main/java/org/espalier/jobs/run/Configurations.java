package org.espalier.jobs.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.base.Refusal;

/** Puts a configuration together: the file, then {@code key=value} arguments over it. */
final class Configurations {
  private Configurations() {}

  /** A configuration for each file, or one where there is none. */
  static List<Config> resolve(List<Path> files, List<String> overrides) {
    return files.isEmpty()
        ? List.of(overridden(ConfigFactory.empty(), overrides))
        : files.stream().map(file -> overridden(parse(file), overrides)).toList();
  }

  private static Config overridden(Config written, List<String> overrides) {
    Config config = written;
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw new Refusal(
            "Cannot read the argument '%s': configuration is given as KEY=VALUE, such as workers=8."
                .formatted(override));
      }
      config =
          config.withValue(
              path(override.substring(0, equals)),
              ConfigValueFactory.fromAnyRef(
                  withoutBrackets(override.substring(equals + 1)), "argument " + override));
    }
    return config;
  }

  /** A list as it is written in a file. */
  private static String withoutBrackets(String value) {
    return value.startsWith("[") && value.endsWith("]")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private static Config parse(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Refusal(
          "Cannot read the configuration %s: there is no such file; check --conf.".formatted(file));
    }
    try {
      return ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
          .resolve();
    } catch (ConfigException e) {
      throw new Refusal(
          "Cannot read the configuration %s: %s".formatted(file, oneLine(e.getMessage())), e);
    }
  }

  private static String path(String key) {
    try {
      return com.typesafe.config.ConfigUtil.joinPath(com.typesafe.config.ConfigUtil.splitPath(key));
    } catch (ConfigException e) {
      throw new Refusal(
          "Cannot read the configuration key '%s': %s".formatted(key, oneLine(e.getMessage())), e);
    }
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s+", " ").strip();
  }
}
