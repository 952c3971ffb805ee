package org.espalier.dl4jspark;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.RoundPlan;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fit of a network on a driver: deal the minibatches, train by {@link MaskedAveraging}, hand
 * the result to the network.
 *
 * @param network what is trained
 * @param settings of the master
 * @param listeners the program's
 * @param statistics what the fit's durations are noted in
 */
record DriverFit(
    DriverNetwork network,
    MasterSettings settings,
    DriverListeners listeners,
    MasterStatistics statistics) {
  private static final Logger LOG = LoggerFactory.getLogger(DriverFit.class);

  /**
   * Trains on every element once.
   *
   * @param earlier what the master's last fit left, if there was one
   * @return the state with raw weights, of which the network has the effective ones
   */
  <T> TrainingState over(
      JavaRDD<T> minibatches, StoredMinibatchDecoder<T> decoder, Optional<TrainingState> earlier) {
    return statistics.time(MasterStatistics.Phase.FIT, () -> fit(minibatches, decoder, earlier));
  }

  private <T> TrainingState fit(
      JavaRDD<T> minibatches, StoredMinibatchDecoder<T> decoder, Optional<TrainingState> earlier) {
    NetworkBlueprint blueprint = NetworkBlueprint.of(network, settings);
    TrainingState start = start(blueprint.tensors(), earlier);
    try (DealtBatches dealt = deal(minibatches)) {
      return train(blueprint, start, dealt, decoder);
    }
  }

  private <T> DealtBatches deal(JavaRDD<T> minibatches) {
    return statistics.time(
        MasterStatistics.Phase.DEAL,
        () -> DealtBatches.of(network.spark(), minibatches, settings.workers()));
  }

  private <T> TrainingState train(
      NetworkBlueprint blueprint,
      TrainingState start,
      DealtBatches dealt,
      StoredMinibatchDecoder<T> decoder) {
    requireFullRound(dealt.steps());
    MaskedAveraging averaging =
        new MaskedAveraging(
            network.spark(),
            blueprint.name(),
            blueprint.recipe(),
            network.layout(settings.maskedGradient()),
            blueprint.tensors(),
            settings.seed(),
            dealt.from(network.steps(), network.epoch(), decoder),
            new RoundPlan(
                start.step() + dealt.steps(),
                settings.averagingFrequency(),
                settings.method()::due),
            settings.method());
    listeners.epochStarts(network);
    TrainingState end =
        averaging.train(
            start,
            (round, finished) -> {
              statistics.note(round);
              network.score(round.loss());
              if (listeners.any()) {
                assume(finished.state(), blueprint.tensors());
                listeners.roundFinished(network);
              }
            });
    assume(end, blueprint.tensors());
    listeners.epochEnds(network);
    return end;
  }

  private TrainingState start(SparseTensors tensors, Optional<TrainingState> earlier) {
    FlatVector found = network.vector();
    if (earlier.isPresent() && isContinued(earlier.get(), tensors, found)) {
      return earlier.get();
    }
    if (earlier.isPresent()) {
      LOG.info("the network is not as the last fit left it: training starts from what it holds");
    }
    AveragedState state =
        AveragedState.after(
            network.steps(), tensors, found.head(parameters()), MaskSet.dense(tensors));
    return new TrainingState(network.steps(), found, settings.method().initial(state));
  }

  private boolean isContinued(TrainingState earlier, SparseTensors tensors, FlatVector found) {
    return earlier.step() == network.steps()
        && earlier.vector().length() == found.length()
        && earlier.masks().names().equals(tensors.names())
        && EffectiveVector.of(earlier, tensors).values().equals(found.values());
  }

  private void assume(TrainingState state, SparseTensors tensors) {
    network.assume(EffectiveVector.of(state, tensors));
    network.steps(Math.toIntExact(state.step()));
  }

  private void requireFullRound(int steps) {
    if (settings.averagingFrequency() > steps) {
      throw new Refusal(
          "Cannot average every %d steps: the fit ends after %d, which is what the RDD holds for %d workers; lower the averaging frequency or fit more minibatches at once."
              .formatted(settings.averagingFrequency(), steps, settings.workers()));
    }
  }

  private int parameters() {
    return Math.toIntExact(network.model().params().length());
  }
}
