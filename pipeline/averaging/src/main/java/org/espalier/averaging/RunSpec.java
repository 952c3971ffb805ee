package org.espalier.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.SparseTensors;

/**
 * The specification of a run that executors receive once.
 *
 * @param name of the run in the replica pools
 * @param recipe builds its replicas
 * @param vector how the values of its vector belong together
 * @param tensors the tensors that masks are held for
 * @param seed of what workers draw
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
record RunSpec(
    String name, ReplicaRecipe recipe, VectorLayout vector, SparseTensors tensors, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
