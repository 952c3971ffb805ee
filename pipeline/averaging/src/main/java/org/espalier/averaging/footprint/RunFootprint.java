package org.espalier.averaging.footprint;

import java.util.ArrayList;
import java.util.List;
import org.espalier.averaging.footprint.Footprint.Part;
import org.espalier.averaging.footprint.Footprint.Place;
import org.espalier.engine.replica.NetworkSize;

/**
 * The memory of a run's processes, worked out from the network and the shape of its workers. What
 * reads data adapts to the heap that there is, and is not part of it.
 *
 * @param network its size
 * @param shape how workers are spread
 * @param averaged what of them is averaged
 * @param evaluated examples of a batch of evaluation, for which replicas keep memory beside that of
 *     training; 0 without evaluation
 */
public record RunFootprint(
    NetworkSize network, WorkerShape shape, Averaging averaged, int evaluated) {
  /** Messages of a task that are under way at most, to owners. */
  private static final int UNDER_WAY = 8;

  /** Values of a shard, about. */
  private static final long SHARD = 1 << 20;

  /** Numbers that say of a kept weight where it lies, by tensor, by output and by input. */
  private static final int PLACES = 4;

  /** Arrays in which a layer's passes hold kept weights and their gradients, in both orders. */
  private static final int COPIES = 4;

  /** What is averaged. */
  public enum Averaging {
    /** Parameters and optimiser state. */
    PARAMETERS,
    /** Gradients. */
    GRADIENTS
  }

  /** The memory of the driver. */
  public Footprint driver() {
    Parts parts = new Parts();
    parts.heap("vector that the run begins with", network.vector());
    parts.heap("vector that is fetched", network.vector());
    parts.heap("vector as it is sent or written", network.vector());
    parts.arrays("network while it is built", network.vector() + network.parameters());
    return parts.footprint();
  }

  /** The memory of an executor. */
  public Footprint executor() {
    Parts parts = new Parts();
    parts.heap("vector that the driver sends", 2 * network.vector());
    parts.arrays("activations", (long) shape.tasks() * shape.batch() * network.activations());
    parts.arrays("activations of evaluation", (long) shape.tasks() * evaluated * network.results());
    parts.arrays("masked or drawn weights", shape.tasks() * network.scratch());
    if (network.kept() > 0) {
      leavingOut(parts);
    }
    if (averaged == Averaging.GRADIENTS) {
      gradients(parts);
    } else {
      parameters(parts);
    }
    return parts.footprint();
  }

  /** Layers turn activations to lie feature by feature, and keep them until the backward pass. */
  private void leavingOut(Parts parts) {
    long kept = network.kept();
    parts.heap("where kept weights lie", PLACES * kept);
    parts.heap("kept weights and gradients", (long) shape.tasks() * COPIES * kept);
    parts.heap(
        "activations, feature by feature",
        2L * shape.tasks() * shape.batch() * network.activations());
    long state = kept * network.state() / network.parameters();
    if (averaged == Averaging.PARAMETERS) {
      parts.direct("kept weights, gradients and state apart", shape.tasks() * (2 * kept + state));
    } else {
      parts.direct("kept weights and gradients apart", 2L * shape.tasks() * kept);
      parts.direct("shards: kept weights, gradients and state apart", share(2 * kept + state));
    }
  }

  private void gradients(Parts parts) {
    long owned = share(network.parameters());
    long stateOwned = share(network.vector());
    int keepers = shape.executors() == 1 ? 1 : 2;
    parts.heap("parameters of the step", network.parameters());
    parts.heap("pieces of gradients", 2L * shape.tasks() * shard(network.parameters()));
    if (network.scratch() > 0) {
      parts.heap("shards with masked weights", owned);
    }
    parts.arrays("replicas: parameters and gradient", 2L * shape.tasks() * network.parameters());
    parts.arrays("shards: parameters, state and gradient", stateOwned + owned);
    parts.direct("states kept of two visits, own and neighbour's", 2L * keepers * stateOwned);
    parts.direct("parameters as they are answered", 2 * owned);
    parts.direct("means that wait", meansAtATime() * network.parameters());
    parts.direct("messages on the wire", abroad(network.parameters()));
  }

  /** A mean per level of the tree that one task fills, and one per other task. */
  private int meansAtATime() {
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(shape.carried() - 1);
    return shape.tasks() - 1 + Math.max(1, levels);
  }

  private void parameters(Parts parts) {
    long vector = network.vector();
    long owned = share(vector);
    parts.heap("vector of the round", vector);
    parts.heap("sums in double precision", 2 * owned);
    parts.heap("means of two rounds", 2 * owned);
    parts.heap("shards that wait for their turn", shape.tasks() * vector);
    parts.arrays(
        "replicas: parameters, state and gradient",
        shape.tasks() * (vector + network.parameters()));
    parts.direct("messages under way", (long) shape.tasks() * UNDER_WAY * shard(vector));
  }

  /** What one executor owns of so many values at most. */
  private long share(long values) {
    return Math.floorDiv(values - 1, (long) shape.executors()) + 1;
  }

  /** Of so many values what comes from other executors and goes to them, both at a time. */
  private long abroad(long values) {
    return shape.executors() == 1 ? 0 : 2 * (values - share(values));
  }

  private static long shard(long values) {
    return Math.min(values, SHARD);
  }

  /** Collects parts by numbers of float32 values. */
  private static final class Parts {
    private final List<Part> parts = new ArrayList<>();

    void heap(String name, long values) {
      add(name, Place.HEAP, values);
    }

    void direct(String name, long values) {
      add(name, Place.DIRECT, values);
    }

    void arrays(String name, long values) {
      add(name, Place.ARRAYS, values);
    }

    private void add(String name, Place place, long values) {
      parts.add(new Part(name, place, values * Float.BYTES));
    }

    Footprint footprint() {
      return new Footprint(parts);
    }
  }
}
