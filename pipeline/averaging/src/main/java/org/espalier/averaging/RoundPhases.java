package org.espalier.averaging;

/**
 * Where the time of a round went, in seconds of wall time unless said otherwise.
 *
 * @param data waiting for batches, of the workers that the busiest task carried
 * @param compute the steps of these workers but for that
 * @param gather until the replicas of the slowest task held the parameters, in all steps of a
 *     stretch, or the vector of a round with its masks
 * @param reduce what the slowest task waited for what it handed in to be taken and, where
 *     parameters are averaged, summed
 * @param broadcast what the driver took to send, and to begin at the owners of shards
 * @param masks the mask update, 0 if there was none
 * @param waiting what passed from the first task that was done to the slowest; where gradients are
 *     averaged in every step, and but for the last one part of {@code gather}, else part of {@code
 *     reduce}
 * @param optimiser thread time of the optimiser's steps at the busiest owner of shards, which is
 *     part of {@code gather}; 0 where parameters are averaged and every worker has its own
 */
public record RoundPhases(
    double data,
    double compute,
    double gather,
    double reduce,
    double broadcast,
    double masks,
    double waiting,
    double optimiser) {

  /** What follows one upon the other. */
  double sum() {
    return data + compute + gather + reduce + broadcast + masks;
  }
}
