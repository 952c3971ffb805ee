package org.espalier.engine.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static final String PROPERTY = "espalier.reference";

  /** The paper's ResNet-50: batches of 1024 of 1,281,167 images, 128,000 steps. */
  private static final RunLength RESNET = new RunLength(128_000, 1_281_167 / 1024.0);

  private static final RunLength TEN = new RunLength(10, 5);

  @Test
  void theTransformersRateIsAWarmUpTimesAReciprocalRoot() throws IOException {
    LearningRate rate =
        rate(
            Map.of(
                "optimiser.schedule", "rsqrt",
                "optimiser.warmup", "8000",
                "optimiser.learningRate", String.valueOf(2 / Math.sqrt(512))),
            new RunLength(500_001, 1));
    assertThat(rate.at(8000)).isCloseTo(9.8821e-4, within(1e-8));
    assertThat(rate.at(100_000)).isCloseTo(2.795e-4, within(1e-7));
    requireReference("transformerLearningRate", rate);
  }

  @Test
  void resNet50sRateIsAWarmUpTimesAPiecewiseConstantOne() throws IOException {
    LearningRate rate =
        rate(
            Map.of(
                "optimiser.schedule", "piecewise",
                "optimiser.warmup", "5 epochs",
                "optimiser.learningRate", "0.4"),
            RESNET);
    assertThat(rate.at(37_534)).isEqualTo(0.4);
    assertThat(rate.at(37_535)).isEqualTo(0.4 * 0.1);
    requireReference("resnetLearningRate", rate);
  }

  @Test
  void milestonesMayBeStepsOrEpochs() {
    Map<String, String> inEpochs =
        Map.of(
            "optimiser.schedule", "piecewise",
            "optimiser.milestones", "0.5 epochs, 1 epochs",
            "optimiser.factors", "0.5, 0");
    Map<String, String> inSteps =
        Map.of(
            "optimiser.schedule", "piecewise",
            "optimiser.milestones", "2.5, 5",
            "optimiser.factors", "0.5, 0");
    assertThat(rate(inEpochs, TEN))
        .isEqualTo(rate(inSteps, TEN))
        .isEqualTo(new StepDecay(0.001, List.of(2.5, 5.0), List.of(0.5, 0.0)));
  }

  @Test
  void aCosineFallsFromTheBaseRateToZero() {
    LearningRate rate = rate(Map.of("optimiser.schedule", "cosine"), TEN);
    assertThat(rate.at(0)).isEqualTo(0.001);
    assertThat(rate.at(5)).isCloseTo(0.0005, within(1e-15));
    assertThat(rate.at(2)).isCloseTo(0.0005 * (1 + Math.cos(0.2 * Math.PI)), within(1e-15));
    assertThat(rate.at(10)).isZero();
    assertThat(rate.at(11)).isZero();
  }

  @Test
  void everyScheduleCanBeWarmedUp() {
    for (String schedule : List.of("linear", "constant", "cosine", "rsqrt")) {
      LearningRate warm =
          rate(Map.of("optimiser.schedule", schedule, "optimiser.warmup", "4"), TEN);
      assertThat(warm).isInstanceOf(WarmUp.class);
      LearningRate after = ((WarmUp) warm).after();
      assertThat(warm.at(0)).isZero();
      assertThat(warm.at(1)).isEqualTo(after.at(1) / 4);
      assertThat(warm.at(4)).isEqualTo(after.at(4));
    }
  }

  @Test
  void withoutAWordTheRateIsTheOldLinearDecay() {
    assertThat(rate(Map.of(), TEN)).isEqualTo(new LinearDecay(0.001, 0, 10, 10, 1));
    assertThat(rate(Map.of("optimiser.decayFrom", "0.25", "optimiser.decayStair", "2"), TEN))
        .isEqualTo(new LinearDecay(0.001, 0, 3, 10, 2));
  }

  @Test
  void aLinearFallMayEndAboveZero() {
    LearningRate rate =
        rate(Map.of("optimiser.decayFrom", "0", "optimiser.decayTo", "0.0001"), TEN);
    assertThat(rate.at(0)).isEqualTo(0.001);
    assertThat(rate.at(5)).isCloseTo(0.00055, within(1e-15));
    assertThat(rate.at(10)).isEqualTo(0.0001);
    refuses(
        Map.of("optimiser.decayTo", "0.0001"),
        "Cannot use optimiser.decayTo = 1.0E-4 with optimiser.decayFrom = 1: the learning rate does not fall; set decayFrom below 1, or remove it.");
  }

  @Test
  void whatTheRunCannotFollowIsRefused() {
    refuses(
        Map.of("optimiser.warmup", "3 epochs"),
        "Cannot warm the learning rate up over 15.0 steps (optimiser.warmup = 3.0 epochs): training ends at step 10; warm up less or train longer.");
    refuses(
        Map.of("optimiser.schedule", "piecewise"),
        "Cannot change the learning rate at step 150.0, the first of optimiser.milestones: training ends at step 10; choose earlier ones, or optimiser.schedule = constant.");
    refuses(
        Map.of("optimiser.schedule", "piecewise", "optimiser.milestones", "3, 2, 5"),
        "Cannot change the learning rate at step 2.0 after step 3.0: milestones must rise.");
    refuses(
        Map.of("optimiser.schedule", "piecewise", "optimiser.milestones", "3"),
        "Cannot change the learning rate at 1 milestones by 3 factors: give one factor per milestone.");
    refuses(
        Map.of("optimiser.warmup", "5 weeks"),
        "Cannot use optimiser.warmup = 5 weeks: it must be a number of steps, or of epochs such as 5 epochs.");
  }

  @Test
  void settingsOfAnotherScheduleOrRuleAreRefused() {
    refuses(
        Map.of("optimiser.schedule", "cosine", "optimiser.decayFrom", "0.5"),
        "Cannot use optimiser.decayFrom with optimiser.schedule = cosine: it is a setting of linear; remove it.");
    refuses(
        Map.of("optimiser.milestones", "3"),
        "Cannot use optimiser.milestones with optimiser.schedule = linear: it is a setting of piecewise; remove it.");
    refuses(
        Map.of("optimiser.rule", "sgd", "optimiser.beta2", "0.99"),
        "Cannot use optimiser.beta2 with optimiser.rule = sgd: it is a setting of adam; remove it.");
    refuses(
        Map.of("optimiser.schedule", "exponential"),
        "Cannot use optimiser.schedule = exponential: it must be one of linear, constant, piecewise, cosine, rsqrt.");
  }

  @Test
  void anOptimiserIsWhatItsKeysSay() {
    Settings settings =
        settings(
            Map.of(
                "optimiser.beta2", "0.997",
                "optimiser.epsilon", "1e-9",
                "optimiser.weightDecay", "1e-4",
                "optimiser.schedule", "constant"));
    assertThat(OptimiserKeys.optimiser(settings, TEN))
        .isEqualTo(
            new Optimiser(new UpdateRule.Adam(0.9, 0.997, 1e-9), new ConstantRate(0.001), 1e-4));
    assertThat(OptimiserKeys.optimiser(settings(Map.of("optimiser.rule", "nesterov")), TEN).rule())
        .isEqualTo(new UpdateRule.Nesterov(0.9));
  }

  @Test
  void everyRuleAndScheduleComesBackFromAStoredNetwork() {
    for (UpdateRule rule :
        List.of(UpdateRule.Adam.standard(), new UpdateRule.Nesterov(0.9), new UpdateRule.Sgd())) {
      requireStored(new FlatUpdater(rule, new ConstantRate(0.1)));
    }
    for (LearningRate rate :
        List.of(
            new LinearDecay(0.1, 0, 3, 10, 2),
            new StepDecay(0.1, List.of(2.5, 5.0), List.of(0.5, 0.1)),
            new CosineDecay(0.1, 10),
            new WarmUp(4.5, new ReciprocalRootDecay(0.1, 4.5)))) {
      requireStored(new FlatUpdater(new UpdateRule.Sgd(), rate));
    }
  }

  private static void requireStored(FlatUpdater updater) {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(updater)
            .graphBuilder()
            .addInputs("in")
            .addLayer("fc", new SparseDense.Builder(3, 2).build(), "in")
            .addLayer("classes", SoftmaxLoss.plain(), "fc")
            .setOutputs("classes")
            .build();
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
        .isEqualTo(configuration);
    assertThat(configuration.toJson()).contains("FlatUpdater");
  }

  private static void requireReference(String name, LearningRate rate) throws IOException {
    Path path =
        Path.of(System.getProperty(PROPERTY, "../../shared/data/reference"))
            .resolve("schedules.json");
    assumeTrue(
        Files.exists(path),
        () -> path + " is absent; name the folder that holds it with -D" + PROPERTY);
    JsonNode expected = new ObjectMapper().readTree(path.toFile()).get(name);
    assertThat(expected).isNotEmpty();
    expected
        .fields()
        .forEachRemaining(
            entry ->
                assertThat(rate.at(Long.parseLong(entry.getKey())))
                    .as("%s at step %s", name, entry.getKey())
                    .isCloseTo(
                        entry.getValue().asDouble(), within(1e-12 * entry.getValue().asDouble())));
  }

  private static void refuses(Map<String, String> written, String sentence) {
    assertThatThrownBy(() -> rate(written, TEN)).isInstanceOf(Refusal.class).hasMessage(sentence);
  }

  private static LearningRate rate(Map<String, String> written, RunLength run) {
    Settings settings = settings(written);
    OptimiserKeys.check(settings);
    return OptimiserKeys.optimiser(settings, run).learningRate();
  }

  private static Settings settings(Map<String, String> written) {
    return Settings.of(OptimiserKeys.all(), written);
  }
}
