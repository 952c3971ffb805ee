package org.espalier.jobs.bench;

import org.espalier.jobs.bench.scaling.BenchScaling;
import org.espalier.jobs.bench.sparse.BenchSparseLayer;
import picocli.CommandLine.Command;

/** What can be measured. */
@Command(
    name = "bench",
    description = "Measures this machine or cluster; compare figures of one run only.",
    subcommands = {
      BenchPreprocess.class,
      BenchSubwords.class,
      BenchInput.class,
      BenchRound.class,
      BenchScaling.class,
      BenchSparseLayer.class,
      BenchKernels.LeNet300.class,
      BenchKernels.LeNet300Variational.class,
      BenchKernels.LeNet300Gated.class,
      BenchKernels.LeNet5.class,
      BenchKernels.Perceptron.class,
      BenchKernels.ResNet50.class,
      BenchKernels.ResNet50Variational.class,
      BenchKernels.WideResNet.class,
      BenchKernels.Transformer.class,
      BenchKernels.TransformerVariational.class,
      BenchKernels.TransformerGated.class,
      BenchKernels.Convolution.class,
      BenchKernels.ConvolutionVariational.class,
      BenchKernels.ConvolutionGated.class,
      BenchKernels.Product.class,
      BenchKernels.Select.class,
    },
    synopsisSubcommandLabel = "WORKLOAD",
    mixinStandardHelpOptions = true)
public final class Bench {}
