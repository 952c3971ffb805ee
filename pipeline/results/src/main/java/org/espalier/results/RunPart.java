package org.espalier.results;

import java.util.Objects;

/**
 * A part of a run that one driver computed without a stop. A run that was never resumed has one;
 * the next part of a resumed run begins at the step at which the one before it ends.
 *
 * @param codeVersion the version of Espalier, with its commit where that is known
 * @param platform what it ran on
 * @param execution when, for how long and on which cluster
 * @param firstStep number of steps done before the part
 * @param lastStep number of steps done after the part, at least {@code firstStep}
 */
public record RunPart(
    String codeVersion, Platform platform, Execution execution, long firstStep, long lastStep) {

  public RunPart {
    Require.text(codeVersion, "code version");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(execution, "execution");
    Require.atLeast(0, firstStep, "a part that begins at a step");
    Require.atLeast(firstStep, lastStep, "a part that ends at a step");
  }
}
