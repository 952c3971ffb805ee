package org.espalier.jobs.run;

import java.util.ArrayList;
import java.util.List;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Declared;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.KeyFamily;
import org.espalier.base.settings.KeyGroup;
import org.espalier.experiment.ExperimentKeys;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Adds every configuration key with its default and meaning to a command's help. */
final class ConfigurationHelp implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    command
        .usageMessage()
        .footer(lines().stream().map(l -> l.replace("%", "%%")).toArray(String[]::new));
    return command;
  }

  /** A class path with a fault in it shows here as well as when the job is refused. */
  private static List<String> lines() {
    try {
      return lines(ExperimentKeys.groups());
    } catch (Refusal e) {
      return List.of("", e.getMessage());
    }
  }

  private static List<String> lines(List<KeyGroup> groups) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Configuration keys (default):");
    for (KeyGroup group : groups) {
      lines.add("");
      lines.add(group.title());
      for (Declared setting : group.keys()) {
        lines.add(
            "  %-24s %-16s %s".formatted(name(setting), fallback(setting), setting.meaning()));
      }
    }
    lines.add("");
    lines.add(
        "A network may have defaults of its own, its recipe; train prints the configuration that"
            + " results.");
    return lines;
  }

  private static String name(Declared setting) {
    return setting instanceof KeyFamily<?> family
        ? family.path() + "." + family.member()
        : setting.path();
  }

  private static String fallback(Declared setting) {
    return setting instanceof Key<?> key
        ? key.fallback().map(value -> "(" + value + ")").orElse("(required)")
        : "";
  }
}
