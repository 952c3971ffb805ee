package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.LinearDecay;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.sparsity.Dense;
import org.espalier.tasks.classification.Centre;
import org.espalier.tasks.classification.PixelKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol of Molchanov et al. 2017 as conf/table3 resolves it. */
class Table3ConfigurationsTest {
  private static final Path CONFIGURATIONS =
      Path.of(System.getProperty("espalier.root"), "conf/table3");
  private static final int EPOCHS = 200;

  @TempDir private Path mnist;

  @BeforeEach
  void writeManifest() throws IOException {
    ManifestOnly.write(mnist, 30_000, 30_000);
  }

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, dense, '', 1, 100, 600, 0.5",
    "lenet-300-100, variational, '', 1, 100, 600, 0.5",
    "lenet-5-caffe, dense, '', 1, 100, 600, 0",
    "lenet-5-caffe, variational, '', 1, 100, 600, 0",
    "lenet-300-100, dense, -8-workers, 8, 13, 576, 0.5",
    "lenet-300-100, variational, -8-workers, 8, 13, 576, 0.5",
    "lenet-5-caffe, dense, -8-workers, 8, 13, 576, 0",
    "lenet-5-caffe, variational, -8-workers, 8, 13, 576, 0"
  })
  void everyFileFollowsTheProtocol(
      String network,
      String method,
      String variant,
      int workers,
      int batchPerWorker,
      int stepsPerEpoch,
      double constantPart) {
    Experiment experiment = experiment(network + "-" + method + variant);
    assertThat(experiment.network().name()).isEqualTo(network);
    assertThat(experiment.workers()).isEqualTo(workers);
    assertThat(experiment.batchPerWorker()).isEqualTo(batchPerWorker);
    assertThat(experiment.epochs()).isEqualTo(EPOCHS);
    assertThat(experiment.steps()).isEqualTo((long) EPOCHS * stepsPerEpoch);
    assertThat(experiment.shuffleWindow()).isEqualTo(60_000 / workers);
    assertThat(experiment.settings().value(PixelKeys.DIVISOR)).isEqualTo(256);
    assertThat(experiment.settings().value(PixelKeys.CENTRE)).isEqualTo(Centre.MEAN_IMAGE);
    assertThat(experiment.method()).isEqualTo(new Dense());
    Optimiser optimiser = experiment.optimiser();
    assertThat(optimiser.rule()).isEqualTo(UpdateRule.Adam.standard());
    assertThat(optimiser.weightDecay()).isZero();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double expected = 1e-3 * Math.min(1, (1 - epoch / 200.0) / (1 - constantPart));
      for (int step : new int[] {0, 1, stepsPerEpoch - 1}) {
        assertThat(optimiser.learningRate().at(epoch * stepsPerEpoch + step))
            .as("step %d of epoch %d", step, epoch)
            .isCloseTo(expected, within(1e-15));
      }
    }
    if (method.equals("variational")) {
      requireProtocol((VariationalDropout) experiment.stochastic().orElseThrow(), stepsPerEpoch);
    } else {
      assertThat(experiment.stochastic()).isEmpty();
    }
  }

  private static void requireProtocol(VariationalDropout method, int stepsPerEpoch) {
    assertThat(method.initialLogSigma2()).isEqualTo(-10);
    assertThat(method.thresholds()).containsExactly(3.0, 2.0, 0.1);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double weight = epoch < 5 ? 0 : epoch < 20 ? (epoch - 5) / 15.0 : 1;
      for (int step : new int[] {0, 1, stepsPerEpoch - 1}) {
        assertThat(method.penalty().at((long) epoch * stepsPerEpoch + step) * 60_000)
            .as("step %d of epoch %d", step, epoch)
            .isCloseTo(weight, within(1e-12));
      }
    }
  }

  @Test
  void theLearningRateReachesZeroAtTheLastStep() {
    LinearDecay decay = new LinearDecay(1e-3, 0, 60_000, 120_000, 600);
    assertThat(decay.at(120_000)).isZero();
    assertThat(decay.at(120_600)).isZero();
    assertThat(decay.at(60_000)).isEqualTo(1e-3);
    assertThat(decay.at(60_599)).isEqualTo(1e-3);
    assertThat(decay.at(60_600)).isCloseTo(0.99e-3, within(1e-15));
  }

  @Test
  void withoutStairsTheRateFallsAtEveryStep() {
    LinearDecay decay = new LinearDecay(1, 0, 10, 20, 1);
    assertThat(List.of(10, 11, 15, 19).stream().map(step -> decay.at(step)))
        .containsExactly(1.0, 0.9, 0.5, 0.1);
    assertThat(new ConstantRate(0.25).at(Integer.MAX_VALUE)).isEqualTo(0.25);
  }

  @Test
  void aRampInStairsChangesAtMultiplesOnly() {
    PenaltySchedule stairs = PenaltySchedule.linear(1, 3, 10).inStairsOf(4);
    for (long step = 0; step < 30; step++) {
      assertThat(stairs.at(step)).isEqualTo(PenaltySchedule.linear(1, 3, 10).at(step - step % 4));
    }
    assertThat(PenaltySchedule.cubic(1, 3, 10).inStairsOf(4).at(11))
        .isEqualTo(PenaltySchedule.cubic(1, 3, 10).at(8));
  }

  private Experiment experiment(String name) {
    return Experiment.resolve(
        ConfigFactory.parseFile(CONFIGURATIONS.resolve(name + ".conf").toFile())
            .resolve()
            .withValue("data", ConfigValueFactory.fromAnyRef(mnist.toString())),
        new Configuration());
  }
}
