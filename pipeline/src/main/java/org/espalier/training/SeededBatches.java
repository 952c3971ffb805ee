package org.espalier.training;

import org.espalier.base.Mix64;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches that each begin a sequence of random numbers: what the replica draws in a step (dropout,
 * weight noise) is a function of the seed, the worker and the step, whatever the thread drew
 * before.
 *
 * <p>ND4J keeps one generator per thread; taking a batch seeds that of the calling thread.
 */
public final class SeededBatches implements WorkerBatches {
  private static final long PURPOSE = Mix64.of("random numbers of a training step");

  private final WorkerBatches batches;
  private final long key;

  /** The batches of {@code worker} in a run of this seed. */
  public SeededBatches(WorkerBatches batches, long seed, int worker) {
    this.batches = batches;
    this.key = Mix64.key(seed, PURPOSE, worker);
  }

  @Override
  public boolean has(long step) {
    return batches.has(step);
  }

  @Override
  public int epoch(long step) {
    return batches.epoch(step);
  }

  @Override
  public MultiDataSet at(long step) {
    MultiDataSet batch = batches.at(step);
    Random generator = Nd4j.getRandom();
    generator.setSeed(Mix64.at(key, step));
    return batch;
  }
}
