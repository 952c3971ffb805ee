package org.espalier.jobs.bench.scaling;

/**
 * The costs of a reduce-scatter to owners of shards and an all-gather from them. Seconds are those
 * of one core for each byte of a whole shard: what is left out of a message is still read over.
 *
 * @param up fraction of the values that travels to owners
 * @param down fraction that travels from them
 * @param handIn seconds that a process needs to hand a byte in
 * @param sum seconds that whoever merges needs for a byte that arrives
 * @param update seconds that an owner needs for a byte when all have come
 * @param take seconds that a receiver needs for a byte of the result
 */
record ShardCosts(double up, double down, double handIn, double sum, double update, double take) {
  /** Gradients up, parameters down, masked weights neither way; the owner takes the step. */
  static ShardCosts ofGradients(Scenario scenario, MachineConstants machine) {
    double copy = 1 / machine.copyBytesPerSecond();
    double sum = 1 / machine.sumBytesPerSecond();
    double step = 1 / scenario.network().updateBytesPerSecond(machine);
    return new ShardCosts(
        scenario.density(),
        scenario.density(),
        scenario.perExecutor() == 1 ? copy : sum,
        sum,
        step + copy,
        copy);
  }

  /** Parameters and state of each worker up, but for masked ones, and all of them down. */
  static ShardCosts ofVector(Scenario scenario, MachineConstants machine) {
    double copy = 1 / machine.copyBytesPerSecond();
    return new ShardCosts(
        scenario.density() * scenario.perExecutor(),
        1,
        copy,
        1 / machine.sumBytesPerSecond(),
        copy,
        copy);
  }
}
