package org.espalier.jobs.bench;

import picocli.CommandLine.Command;

/** The workloads of kernels and layers, a subcommand of {@link Bench} for each. */
final class BenchKernels {
  private BenchKernels() {}

  @Command(
      name = "lenet300",
      description = "A training step of LeNet-300-100.",
      mixinStandardHelpOptions = true)
  static final class LeNet300 extends NetworkBench {
    LeNet300() {
      super(KernelWorkload.LENET300);
    }
  }

  @Command(
      name = "lenet300-vd",
      description = "The same with variational weights.",
      mixinStandardHelpOptions = true)
  static final class LeNet300Variational extends KernelBench {
    LeNet300Variational() {
      super(KernelWorkload.LENET300_VD);
    }
  }

  @Command(
      name = "lenet300-l0",
      description = "The same with hard-concrete gates.",
      mixinStandardHelpOptions = true)
  static final class LeNet300Gated extends KernelBench {
    LeNet300Gated() {
      super(KernelWorkload.LENET300_L0);
    }
  }

  @Command(
      name = "lenet5",
      description = "A training step of LeNet-5-Caffe.",
      mixinStandardHelpOptions = true)
  static final class LeNet5 extends NetworkBench {
    LeNet5() {
      super(KernelWorkload.LENET5);
    }
  }

  @Command(
      name = "mlp",
      description = "A training step of a multilayer perceptron, 3 x 1568 units.",
      mixinStandardHelpOptions = true)
  static final class Perceptron extends NetworkBench {
    Perceptron() {
      super(KernelWorkload.MLP);
    }
  }

  @Command(
      name = "resnet50",
      description = "A training step of ResNet-50 on images of 224 x 224.",
      mixinStandardHelpOptions = true)
  static final class ResNet50 extends NetworkBench {
    ResNet50() {
      super(KernelWorkload.RESNET50);
    }
  }

  @Command(
      name = "resnet50-vd",
      description = "The same with variational weights.",
      mixinStandardHelpOptions = true)
  static final class ResNet50Variational extends KernelBench {
    ResNet50Variational() {
      super(KernelWorkload.RESNET50_VD);
    }
  }

  @Command(
      name = "wrn",
      description = "A training step of a wide ResNet, WRN-28-10, on images of 32 x 32.",
      mixinStandardHelpOptions = true)
  static final class WideResNet extends NetworkBench {
    WideResNet() {
      super(KernelWorkload.WRN);
    }
  }

  @Command(
      name = "transformer",
      description =
          "A training step of Transformer-base on a vocabulary of 33,288 subwords; items are tokens of the target. With --sparsity it takes ESPALIER_DRIVER_MEMORY=6g.",
      mixinStandardHelpOptions = true)
  static final class Transformer extends SequenceBench {
    Transformer() {
      super(KernelWorkload.TRANSFORMER);
    }
  }

  @Command(
      name = "transformer-vd",
      description = "The same with variational weights; it takes ESPALIER_DRIVER_MEMORY=6g.",
      mixinStandardHelpOptions = true)
  static final class TransformerVariational extends SequenceBench {
    TransformerVariational() {
      super(KernelWorkload.TRANSFORMER_VD);
    }
  }

  @Command(
      name = "transformer-l0",
      description = "The same with hard-concrete gates; it takes ESPALIER_DRIVER_MEMORY=6g.",
      mixinStandardHelpOptions = true)
  static final class TransformerGated extends SequenceBench {
    TransformerGated() {
      super(KernelWorkload.TRANSFORMER_L0);
    }
  }

  @Command(
      name = "conv",
      description = "A 3x3 convolution, 64 to 64 channels at 28x28, forward and backward.",
      mixinStandardHelpOptions = true)
  static final class Convolution extends KernelBench {
    Convolution() {
      super(KernelWorkload.CONV);
    }
  }

  @Command(
      name = "conv-vd",
      description = "The same with variational weights.",
      mixinStandardHelpOptions = true)
  static final class ConvolutionVariational extends KernelBench {
    ConvolutionVariational() {
      super(KernelWorkload.CONV_VD);
    }
  }

  @Command(
      name = "conv-l0",
      description = "The same with hard-concrete gates.",
      mixinStandardHelpOptions = true)
  static final class ConvolutionGated extends KernelBench {
    ConvolutionGated() {
      super(KernelWorkload.CONV_L0);
    }
  }

  @Command(
      name = "gemm",
      description = "A product of two matrices of 2048 x 2048.",
      mixinStandardHelpOptions = true)
  static final class Product extends KernelBench {
    Product() {
      super(KernelWorkload.GEMM);
    }
  }

  @Command(
      name = "select",
      description = "Magnitude selection and packing over ResNet-50's 54 tensors, on one core.",
      mixinStandardHelpOptions = true)
  static final class Select extends KernelBench {
    Select() {
      super(KernelWorkload.SELECT);
    }
  }
}
