package org.espalier.results;

/**
 * Names one training run.
 *
 * @param name the name of its folder, as people see it
 * @param hash the hash of the canonical configuration that the name is derived from
 */
public record RunIdentity(String name, String hash) {

  public RunIdentity {
    Require.text(name, "run name");
    Require.text(hash, "run hash");
  }
}
