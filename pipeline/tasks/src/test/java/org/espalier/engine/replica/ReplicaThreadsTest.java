package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Training gives the same bits with one thread and two, and beside another task in one JVM. */
class ReplicaThreadsTest {
  private static final ImageShape IMAGE = new ImageShape(1, 28, 28);
  private static final int CLASSES = 10;
  private static final int STEPS = 5;
  private static final int REPEATS = 2;
  private static final PenaltySchedule RAMP = PenaltySchedule.linear(1e-3, 1, 3);

  @AfterEach
  void useOneThreadAgain() {
    Kernels.useThreads(1);
  }

  @Test
  void variationalLeNet300() throws Exception {
    requireSameBits(ReplicaThreadsTest::variational);
  }

  @Test
  void hardConcreteLeNet5() throws Exception {
    requireSameBits(ReplicaThreadsTest::hardConcrete);
  }

  @Test
  void bothAtOnce() throws Exception {
    String variational = variational();
    String hardConcrete = hardConcrete();
    requireSideBySide(
        ReplicaThreadsTest::variational,
        variational,
        ReplicaThreadsTest::hardConcrete,
        hardConcrete);
  }

  private static void requireSameBits(Callable<String> training) throws Exception {
    Kernels.useThreads(1);
    String expected = training.call();
    for (int threads : new int[] {1, 2}) {
      Kernels.useThreads(threads);
      assertThat(training.call()).as("%d threads", threads).isEqualTo(expected);
    }
    requireSideBySide(training, expected, training, expected);
  }

  private static void requireSideBySide(
      Callable<String> first, String ofFirst, Callable<String> second, String ofSecond)
      throws Exception {
    ExecutorService tasks = Executors.newFixedThreadPool(2);
    try {
      for (int threads : new int[] {1, 2}) {
        for (int repeat = 0; repeat < REPEATS; repeat++) {
          CyclicBarrier start = new CyclicBarrier(2);
          Future<String> one = tasks.submit(task(first, threads, start));
          Future<String> two = tasks.submit(task(second, threads, start));
          assertThat(one.get()).as("%d threads", threads).isEqualTo(ofFirst);
          assertThat(two.get()).as("%d threads", threads).isEqualTo(ofSecond);
        }
      }
    } finally {
      tasks.shutdownNow();
    }
  }

  private static Callable<String> task(
      Callable<String> training, int threads, CyclicBarrier start) {
    return () -> {
      Kernels.useThreads(threads);
      start.await();
      return training.call();
    };
  }

  private static String variational() {
    return trained("lenet-300-100", new WeightForm.Variational(-4, 3, RAMP));
  }

  private static String hardConcrete() {
    return trained("lenet-5-caffe", new WeightForm.HardConcrete(2.197, RAMP));
  }

  /** A hash of parameters, updater state and losses after the steps. */
  private static String trained(String network, WeightForm form) {
    Optimiser adam = new Optimiser(UpdateRule.Adam.standard(), new ConstantRate(1e-3), 1e-4);
    ComputationGraph graph =
        new ComputationGraph(
            NetworkModels.named(network).graph(new PixelImages(IMAGE, CLASSES), adam, form, 3));
    graph.init();
    try (Replica replica =
        Dl4jReplica.of(graph, NetworkTensors.of(graph).sparsifiable(), MaskedGradient.NONE)) {
      replica.drawAs(11, 4);
      StepReport report = replica.run(ReplicaThreadsTest::batch, 0, STEPS);
      assertThat(report.steps()).isEqualTo(STEPS);
      FlatVector vector = replica.vector();
      return vector.headSha256(vector.length()) + " " + report;
    }
  }

  /** The last batch is smaller. */
  private static MultiDataSet batch(long step) {
    int size = step == STEPS - 1 ? 7 : 20;
    INDArray images = Nd4j.create(size, IMAGE.bytes());
    INDArray labels = Nd4j.create(size, CLASSES);
    for (int i = 0; i < size; i++) {
      labels.putScalar(i, Mix64.below(CLASSES, 1, step * size + i), 1);
      for (int p = 0; p < IMAGE.bytes(); p++) {
        images.putScalar(i, p, Mix64.unit(step, (long) i * IMAGE.bytes() + p));
      }
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {images}, new INDArray[] {labels});
  }
}
