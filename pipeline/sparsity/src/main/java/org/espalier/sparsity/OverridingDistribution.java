package org.espalier.sparsity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.base.Refusal;

/**
 * Final sparsities of their own for some tensors, another distribution for all others.
 *
 * <p>A tensor whose final sparsity is overridden with f is due, at every step, the schedule's
 * sparsity * f / the schedule's final sparsity ({@code weight_sparsity_map} in TensorFlow's pruning
 * library; "The State of Sparsity", section 5.2). 0 exempts a tensor: it stays dense.
 *
 * @param others shares out the scheduled sparsity among the tensors without an override
 * @param finalSparsities by tensor name, each in [0, 1)
 */
public record OverridingDistribution(Distribution others, Map<String, Double> finalSparsities)
    implements Distribution {
  /** Refuses a sparsity outside [0, 1). */
  public OverridingDistribution {
    finalSparsities.forEach(
        (tensor, sparsity) -> Bounds.requireSparsity("the final sparsity of " + tensor, sparsity));
    finalSparsities = Collections.unmodifiableMap(new TreeMap<>(finalSparsities));
  }

  @Override
  public int[] kept(SparseTensors tensors, ScheduledSparsity sparsity, Scores scores) {
    List<SparseTensor> rest = new ArrayList<>();
    for (SparseTensor tensor : tensors) {
      if (!finalSparsities.containsKey(tensor.name())) {
        rest.add(tensor);
      }
    }
    int[] keptOfRest = others.kept(SparseTensors.of(rest), sparsity, scores);
    int[] kept = new int[tensors.size()];
    int next = 0;
    for (int t = 0; t < kept.length; t++) {
      SparseTensor tensor = tensors.at(t);
      Double last = finalSparsities.get(tensor.name());
      kept[t] =
          last == null
              ? keptOfRest[next++]
              : (int) ExactCount.kept(tensor.length(), last * sparsity.progress());
    }
    return kept;
  }

  @Override
  public boolean ranksAllTensors() {
    return others.ranksAllTensors();
  }

  @Override
  public void validate(SparseTensors tensors, double finalSparsity) {
    finalSparsities.forEach(
        (name, sparsity) -> {
          tensors.named(name);
          if (finalSparsity == 0 && sparsity > 0) {
            throw new Refusal(
                "Cannot bring "
                    + name
                    + " to a sparsity of "
                    + sparsity
                    + ": it follows the schedule in proportion and the schedule's final sparsity"
                    + " is 0; give the schedule one above 0.");
          }
        });
    others.validate(tensors, finalSparsity);
  }

  @Override
  public String toString() {
    return others + finalSparsities.toString();
  }
}
