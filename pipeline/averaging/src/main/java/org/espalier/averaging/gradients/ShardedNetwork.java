package org.espalier.averaging.gradients;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.SparseTensors;

/**
 * A network as the owners of its shards know it, the same in all stretches of a run.
 *
 * @param plan how its parameters are updated
 * @param vector how the values of its vector belong together
 * @param tensors the tensors that masks are held for
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record ShardedNetwork(UpdatePlan plan, VectorLayout vector, SparseTensors tensors)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
