package org.espalier.jobs.run;

import java.util.ArrayList;
import java.util.List;
import org.espalier.experiment.ExperimentKeys;
import org.espalier.experiment.Key;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Adds every configuration key with its default and meaning to a command's help. */
final class ConfigurationHelp implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Configuration keys (default):");
    for (Key<?> key : ExperimentKeys.all()) {
      String fallback = key.fallback().map(value -> "(" + value + ")").orElse("(required)");
      lines.add("  %-24s %-16s %s".formatted(key.path(), fallback, key.meaning()));
    }
    lines.add(
        "  %-24s %-16s %s"
            .formatted(
                "sparsity.tensors.NAME",
                "",
                "target of one tensor, such as \"fc3/W\" = 0; 0 keeps it dense"));
    command
        .usageMessage()
        .footer(lines.stream().map(l -> l.replace("%", "%%")).toArray(String[]::new));
    return command;
  }
}
