package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.Slices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @BeforeEach
  void writeManifest() throws Exception {
    ManifestOnly.write(folder, 1000, 1000);
  }

  @Test
  void stepsFollowFromRowsWorkersAndBatch() {
    Experiment experiment = experiment("workers=3\nbatch=96\nepochs=5");
    assertThat(experiment.batchPerWorker()).isEqualTo(32);
    assertThat(experiment.steps()).isEqualTo(5L * (666 / 32));
  }

  @Test
  void aRunMayEndAtAnyStep() {
    Experiment experiment = experiment("workers=3\nbatch=96\nsteps=50");
    assertThat(experiment.steps()).isEqualTo(50);
    assertThat(experiment.epochs()).isEqualTo(3);
    assertThatThrownBy(() -> experiment("workers=3\nbatch=96\nsteps=50\nepochs=5"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train for both 50 steps and 5 epochs of 20 steps: set one of them, and steps = 0 to count epochs.");
  }

  @Test
  void aBatchThatWorkersCannotShareIsRefused() {
    assertThatThrownBy(() -> experiment("workers=8\nbatch=100"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot split a batch of 100 examples over 8 workers: batch must be a multiple of workers, such as 104.");
  }

  @Test
  void aBatchThatTheDataCannotFillIsRefused() {
    assertThatThrownBy(() -> experiment("workers=2\nbatch=4000"))
        .hasMessage(
            "Cannot take batches of 4000 examples over 2 workers from 2000 training examples: use a smaller batch.");
  }

  @Test
  void aScheduleThatEndsAfterTheLastStepIsRefusedBeforeAnythingIsWritten() {
    Experiment experiment =
        experiment(
            "workers=2\nbatch=100\nepochs=1\nsparsity{method=magnitude,target=0.9,begin=0,end=21,frequency=5}");
    assertThatThrownBy(
            () ->
                ExperimentRun.check(
                    experiment, Checkpointing.usual(), folder.resolve("runs").toString(), HADOOP))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("21")
        .hasMessageContaining("20");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aTargetWithoutAMethodIsRefused() {
    assertThatThrownBy(() -> experiment("sparsity.target=0.9"))
        .hasMessage(
            "Cannot reach sparsity.target = 0.9 with sparsity.method = dense: choose a method that prunes, such as magnitude.");
  }

  @Test
  void settingsOfAnOptimiserThatWouldChangeNothingAreRefused() {
    assertThatThrownBy(() -> experiment("optimiser.momentum=0.5"))
        .hasMessage(
            "Cannot use optimiser.momentum with optimiser.rule = adam: it is a setting of nesterov; remove it.");
    assertThatThrownBy(() -> experiment("optimiser.decayStair=10"))
        .hasMessage(
            "Cannot use optimiser.decayStair = 10 with optimiser.decayFrom = 1: the learning rate does not fall; set decayFrom below 1, or remove it.");
  }

  @Test
  void anUnknownNetworkIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> experiment("network=lenet"))
        .hasMessage(
            "Cannot build the network 'lenet': it is unknown; choose one of lenet-300-100, lenet-5-caffe, mlp, resnet-50, resnet-20, wrn, transformer-base, transformer-tiny.");
  }

  @Test
  void theNameFollowsWhatDecidesTheBitsAndNothingElse() {
    String name = experiment("epochs=3").name();
    assertThat(name).matches("lenet-300-100-dense-[0-9a-f]{8}");
    assertThat(experiment("epochs=3\nworkers=8").name()).isEqualTo(name);
    assertThat(experiment("epochs=3\nworkers=4").name()).isNotEqualTo(name);
    assertThat(experiment("epochs=3\nseed=2").name()).isNotEqualTo(name);
  }

  @Test
  void slicesDecideBitsAndReachEveryReplica() {
    assertThat(experiment("epochs=3\nslices=2").name()).isEqualTo(experiment("epochs=3").name());
    assertThat(experiment("epochs=3\nslices=4").name()).isNotEqualTo(experiment("epochs=3").name());
    for (String method : new String[] {"dense", "variational-dropout"}) {
      BuiltNetwork network = BuiltNetwork.of(experiment("slices=4\nsparsity.method=" + method));
      assertThat(network.recipe().slices()).isEqualTo(new Slices(4));
      assertThat(network.drawn().stream()).allMatch(drawn -> drawn.plain().slices().count() == 4);
    }
    assertThatThrownBy(() -> experiment("slices=65"))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot use slices = 65: it must be a whole number from 1 to 64.");
  }

  @Test
  void literalNamesNeverChange() {
    assertThat(experiment("epochs=3").name()).isEqualTo("lenet-300-100-dense-36c1df2c");
  }

  private Experiment experiment(String hocon) {
    return Experiment.resolve(
        ConfigFactory.parseString(hocon)
            .withFallback(ConfigFactory.parseMap(Map.of("data", folder.toString()))),
        HADOOP);
  }
}
