package org.espalier.engine.replica;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.espalier.engine.optimiser.UpdatePlan;

/**
 * Builds replicas that compute gradients and leave updates to others: they hold parameters and a
 * gradient, and no optimiser state.
 *
 * @param network what they compute the gradients of
 * @param plan how others update its parameters
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
record GradientRecipe(Dl4jRecipe network, UpdatePlan plan) implements ReplicaRecipe {
  private static final long serialVersionUID = 1L;

  @Override
  public Replica build() {
    return network.leavingOut(Dl4jReplica.ofGradients(network.graph(), network.tensors(), plan));
  }
}
