package org.espalier.jobs.bench;

import java.util.Locale;
import org.espalier.engine.kernel.ProductShape;

/** The workloads of {@link KernelBench} by the names that other programs give them. */
enum KernelWorkload {
  LENET300,
  LENET300_VD,
  LENET300_L0,
  LENET5,
  MLP,
  RESNET50,
  RESNET50_VD,
  WRN,
  TRANSFORMER,
  TRANSFORMER_VD,
  TRANSFORMER_L0,
  CONV,
  CONV_VD,
  CONV_L0,
  GEMM,
  SELECT;

  private static final int SIDE = 2048;
  private static final long WARM_UP_NANOSECONDS = 4_000_000_000L;

  /**
   * One step, ready to run.
   *
   * @param name what is printed before the figures
   * @param items what one step gets done
   */
  record Step(String name, double items, Runnable work) {
    void run() {
      work.run();
    }
  }

  Step prepare(BatchSize size) {
    int batch = size.examples();
    return switch (this) {
      case LENET300 -> NetworkSteps.leNet300(batch, WeightForms.PLAIN);
      case LENET300_VD -> NetworkSteps.leNet300(batch, WeightForms.VARIATIONAL);
      case LENET300_L0 -> NetworkSteps.leNet300(batch, WeightForms.GATED);
      case LENET5 -> NetworkSteps.leNet5(batch);
      case MLP -> NetworkSteps.mlp(batch);
      case RESNET50 -> NetworkSteps.resNet50(batch, WeightForms.PLAIN);
      case RESNET50_VD -> NetworkSteps.resNet50(batch, WeightForms.VARIATIONAL);
      case WRN -> NetworkSteps.wideResNet(batch);
      case TRANSFORMER -> NetworkSteps.transformer(size, WeightForms.PLAIN);
      case TRANSFORMER_VD -> NetworkSteps.transformer(size, WeightForms.VARIATIONAL);
      case TRANSFORMER_L0 -> NetworkSteps.transformer(size, WeightForms.GATED);
      case CONV -> ConvolutionSteps.of(batch, WeightForms.PLAIN);
      case CONV_VD -> ConvolutionSteps.of(batch, WeightForms.VARIATIONAL);
      case CONV_L0 -> ConvolutionSteps.of(batch, WeightForms.GATED);
      case GEMM -> ProductSteps.of(ProductShape.plain(SIDE, SIDE, SIDE));
      case SELECT -> SelectionSteps.ofResNet50();
    };
  }

  /** The name on the command line, here and in other programs. */
  String peerName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Steps of a round of masked steps, which takes a second or some. */
  int stepsPerRound() {
    return switch (this) {
      case RESNET50, RESNET50_VD, WRN -> 4;
      case TRANSFORMER, TRANSFORMER_VD, TRANSFORMER_L0 -> 4;
      default -> 50;
    };
  }

  /** How long a step is repeated before it is measured. */
  long warmUpNanoseconds() {
    return WARM_UP_NANOSECONDS;
  }
}
