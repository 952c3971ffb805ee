package org.espalier.sparsity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.base.Refusal;

/**
 * What a configuration says about masking, from which {@link MaskingMethods} makes a method. A
 * method takes what it needs. Immutable.
 */
public final class MaskingSettings {
  private final Optional<PruningPlan> plan;
  private final Optional<MaskSet> masks;
  private final long seed;
  private final Map<String, Double> knobs;

  private MaskingSettings(
      Optional<PruningPlan> plan, Optional<MaskSet> masks, long seed, Map<String, Double> knobs) {
    this.plan = plan;
    this.masks = masks;
    this.seed = seed;
    this.knobs = Map.copyOf(knobs);
  }

  /** Nothing but the seed of the run. */
  public static MaskingSettings seeded(long seed) {
    return new MaskingSettings(Optional.empty(), Optional.empty(), seed, Map.of());
  }

  /** These settings with a plan. */
  public MaskingSettings withPlan(PruningPlan given) {
    return new MaskingSettings(Optional.of(given), masks, seed, knobs);
  }

  /** These settings with given masks. */
  public MaskingSettings withMasks(MaskSet given) {
    return new MaskingSettings(plan, Optional.of(given), seed, knobs);
  }

  /** These settings with a number that only some methods know. */
  public MaskingSettings withKnob(String name, double value) {
    Map<String, Double> more = new TreeMap<>(knobs);
    more.put(name, value);
    return new MaskingSettings(plan, masks, seed, more);
  }

  /**
   * The plan.
   *
   * @throws Refusal if the configuration has none
   */
  public PruningPlan plan() {
    return plan.orElseThrow(
        () ->
            new Refusal(
                "Cannot prune without a sparsity schedule: give one with a final sparsity, a begin,"
                    + " an end and a frequency."));
  }

  /**
   * The given masks.
   *
   * @throws Refusal if the configuration has none
   */
  public MaskSet masks() {
    return masks.orElseThrow(
        () ->
            new Refusal(
                "Cannot train with fixed masks without any: name a mask file or a run to take them"
                    + " from."));
  }

  /** The seed of the run. */
  public long seed() {
    return seed;
  }

  /** A number of the method's own, or its default. */
  public double knob(String name, double ifAbsent) {
    return knobs.getOrDefault(name, ifAbsent);
  }

  Set<String> knobNames() {
    return knobs.keySet();
  }
}
