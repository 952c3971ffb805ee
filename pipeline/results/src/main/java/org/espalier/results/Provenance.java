package org.espalier.results;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a number comes from: with this, the same bits can be computed again.
 *
 * @param configuration the resolved configuration, as text
 * @param dataHash the hash of the manifest of the dataset that was evaluated
 * @param parts the parts of the run in their order, at least one: code, platform and execution of
 *     each; an evaluation of the finished run follows them as a part without a step
 * @param model the hashes of what was trained
 */
public record Provenance(
    String configuration, String dataHash, List<RunPart> parts, ModelHashes model) {

  public Provenance {
    Require.text(configuration, "resolved configuration");
    Require.text(dataHash, "data hash");
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("Cannot record a result without a part of its run");
    }
    Objects.requireNonNull(model, "model");
  }

  /** The evaluation, where the finished run was evaluated again; empty in a run's own rows. */
  public Optional<RunPart> evaluation() {
    RunPart last = parts.get(parts.size() - 1);
    return parts.size() > 1 && last.firstStep() == last.lastStep()
        ? Optional.of(last)
        : Optional.empty();
  }

  /** The parts of the run itself, without an evaluation that followed. */
  public List<RunPart> runParts() {
    return evaluation().isPresent() ? parts.subList(0, parts.size() - 1) : parts;
  }

  /** Wall-clock seconds of the run itself, the sum over its parts. */
  public double seconds() {
    return runParts().stream().mapToDouble(part -> part.execution().seconds()).sum();
  }
}
