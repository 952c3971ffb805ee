package org.espalier.engine.replica;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;

/**
 * Builds {@link Dl4jReplica}s.
 *
 * @param configuration the graph's configuration in DL4J's JSON form
 * @param tensors the tensors that masks are held for
 * @param maskedGradient whether the loss gradient of a masked weight reaches the optimiser
 * @param slices into which own layers cut the sums of a step
 * @param products whether own layers leave masked weights out
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record Dl4jRecipe(
    String configuration,
    SparseTensors tensors,
    MaskedGradient maskedGradient,
    Slices slices,
    MaskedProducts products)
    implements ReplicaRecipe {
  private static final long serialVersionUID = 1L;

  /** A recipe that cuts sums into {@link Slices#DEFAULT} and leaves out what it had better. */
  public Dl4jRecipe(String configuration, SparseTensors tensors, MaskedGradient maskedGradient) {
    this(configuration, tensors, maskedGradient, Slices.DEFAULT, MaskedProducts.AUTO);
  }

  @Override
  public Replica build() {
    return leavingOut(Dl4jReplica.of(graph(), tensors, maskedGradient));
  }

  /**
   * The recipe of replicas of the same network that only compute gradients, without optimiser
   * state.
   *
   * @param plan how its parameters are updated elsewhere
   */
  public ReplicaRecipe ofGradients(UpdatePlan plan) {
    return new GradientRecipe(this, plan);
  }

  /** Products that differentiate masked weights too have to compute with all of them. */
  Dl4jReplica leavingOut(Dl4jReplica replica) {
    replica.leaveOut(maskedGradient == MaskedGradient.NONE ? products : MaskedProducts.DENSE);
    return replica;
  }

  ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
    graph.init();
    NetworkTensors.of(graph).cut(slices);
    return graph;
  }
}
