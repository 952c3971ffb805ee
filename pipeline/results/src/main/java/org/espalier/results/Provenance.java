package org.espalier.results;

import java.util.Objects;

/**
 * Where a number comes from: with this, the same bits can be computed again.
 *
 * @param configuration the resolved configuration, as text
 * @param dataHash the hash of the dataset's manifest
 * @param codeVersion the version of Espalier, with its commit where that is known
 * @param platform what it ran on
 * @param execution when, for how long and on which cluster
 * @param model the hashes of what was trained
 */
public record Provenance(
    String configuration,
    String dataHash,
    String codeVersion,
    Platform platform,
    Execution execution,
    ModelHashes model) {

  public Provenance {
    Require.text(configuration, "resolved configuration");
    Require.text(dataHash, "data hash");
    Require.text(codeVersion, "code version");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(execution, "execution");
    Objects.requireNonNull(model, "model");
  }
}
