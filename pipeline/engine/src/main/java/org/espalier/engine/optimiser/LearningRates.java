package org.espalier.engine.optimiser;

import java.util.List;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Choice;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.base.settings.Variant;

/** The schedules that {@code optimiser.schedule} can name, each with its keys. */
final class LearningRates {
  static final Key<Double> BASE =
      Key.of(
          "optimiser.learningRate",
          ValueKind.number("above 0", x -> x > 0 && x < 1e6),
          "0.001",
          "learning rate before any decay; for rsqrt, times the square root of the step");
  static final Key<Span> WARM_UP =
      Key.of(
          "optimiser.warmup",
          Span.kind(),
          "0",
          "steps, or epochs such as 5 epochs, over which a factor of the learning rate rises linearly from 0 to 1");
  static final Key<Double> DECAY_FROM =
      Key.of(
          "optimiser.decayFrom",
          ValueKind.number("from 0 to 1", x -> x >= 0 && x <= 1),
          "1",
          "fraction of the steps after which the learning rate falls linearly");
  static final Key<Double> DECAY_TO =
      Key.of(
          "optimiser.decayTo",
          ValueKind.number("at least 0", x -> x >= 0 && x < 1e6),
          "0",
          "learning rate at which a linear fall ends, at the last step");
  static final Key<Long> DECAY_STAIR =
      Key.of(
          "optimiser.decayStair",
          ValueKind.wholeNumber(1),
          "1",
          "steps for which a falling learning rate stays the same");
  static final Key<List<Span>> MILESTONES =
      Key.of(
          "optimiser.milestones",
          Span.list(),
          "30 epochs, 60 epochs, 80 epochs",
          "steps or epochs from which on the learning rate is another one");
  static final Key<List<Double>> FACTORS =
      Key.of(
          "optimiser.factors",
          ValueKind.numbers(x -> x >= 0 && x < 1e6),
          "0.1, 0.01, 0.001",
          "what the learning rate is multiplied by from each milestone on");

  private static final List<Schedule> ALL =
      List.of(
          new Schedule("linear", Keys.of(DECAY_FROM, DECAY_TO, DECAY_STAIR), LearningRates::linear),
          new Schedule(
              "constant", Keys.none(), (settings, run) -> new ConstantRate(settings.value(BASE))),
          new Schedule("piecewise", Keys.of(MILESTONES, FACTORS), LearningRates::piecewise),
          new Schedule(
              "cosine",
              Keys.none(),
              (settings, run) -> new CosineDecay(settings.value(BASE), run.steps())),
          new Schedule(
              "rsqrt",
              Keys.none(),
              (settings, run) ->
                  new ReciprocalRootDecay(
                      settings.value(BASE), Math.max(1, settings.value(WARM_UP).steps(run)))));

  static final Key<String> KEY =
      Key.of(
          "optimiser.schedule",
          ValueKind.choice(ALL.stream().map(Schedule::name).toList()),
          "linear",
          "how the learning rate changes: linear, constant, piecewise, cosine or rsqrt (reciprocal square root, constant until the warm-up ends)");

  static final Choice<Schedule> CHOICE = new Choice<>(KEY, ALL);

  private LearningRates() {}

  /** A schedule of a configuration. */
  private interface Maker {
    LearningRate make(Settings settings, RunLength run);
  }

  /** A schedule by name. */
  record Schedule(String name, Keys keys, Maker maker) implements Variant {
    @Override
    public void check(Settings settings) {
      if (keys.contains(DECAY_FROM)) {
        requireFallFor(DECAY_TO, settings);
        requireFallFor(DECAY_STAIR, settings);
      }
    }
  }

  /**
   * The schedule of a configuration, warm-up included.
   *
   * @throws Refusal if the warm-up or the first milestone lies beyond the run
   */
  static LearningRate of(Settings settings, RunLength run) {
    LearningRate rate = CHOICE.chosen(settings).maker().make(settings, run);
    Span warmUp = settings.value(WARM_UP);
    double steps = warmUp.steps(run);
    if (steps > run.steps()) {
      throw new Refusal(
          "Cannot warm the learning rate up over %s steps (optimiser.warmup = %s): training ends at step %d; warm up less or train longer."
              .formatted(steps, warmUp, run.steps()));
    }
    return steps == 0 ? rate : new WarmUp(steps, rate);
  }

  private static LearningRate linear(Settings settings, RunLength run) {
    return new LinearDecay(
        settings.value(BASE),
        settings.value(DECAY_TO),
        Math.round(settings.value(DECAY_FROM) * run.steps()),
        run.steps(),
        settings.value(DECAY_STAIR));
  }

  private static LearningRate piecewise(Settings settings, RunLength run) {
    List<Double> steps = settings.value(MILESTONES).stream().map(span -> span.steps(run)).toList();
    if (steps.get(0) >= run.steps()) {
      throw new Refusal(
          "Cannot change the learning rate at step %s, the first of optimiser.milestones: training ends at step %d; choose earlier ones, or optimiser.schedule = constant."
              .formatted(steps.get(0), run.steps()));
    }
    return new StepDecay(settings.value(BASE), steps, settings.value(FACTORS));
  }

  private static void requireFallFor(Key<?> key, Settings settings) {
    if (settings.value(DECAY_FROM) == 1 && key.isGiven(settings)) {
      throw new Refusal(
          "Cannot use %s = %s with optimiser.decayFrom = 1: the learning rate does not fall; set decayFrom below 1, or remove it."
              .formatted(key.path(), settings.value(key)));
    }
  }
}
