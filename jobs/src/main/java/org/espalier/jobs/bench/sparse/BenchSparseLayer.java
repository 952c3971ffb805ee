package org.espalier.jobs.bench.sparse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.kernel.Kernels;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.sparsity.Mask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times layers over their kept weights alone, in turn with the dense kernels. */
@Command(
    name = "sparse-layer",
    description = {
      "Times single layers over their kept weights alone, in turn with the dense kernels: forward, and"
          + " backward to input and weights.",
      "",
      "Before a layer is timed both ways must give the same results. docs/performance.md says how to"
          + " read the figures."
    },
    mixinStandardHelpOptions = true)
public final class BenchSparseLayer extends Job {
  private static final String LAYERS =
      "784x300@100,512x512@512,512x2048@512,2048x512@512,512x2048@2048,2048x512@2048,"
          + "256x64@56x56b8,64x256@56x56b8,1024x256@14x14b8,256x1024@14x14b8,512x2048@7x7b8,"
          + "64x64k3@56x56b8,256x256k3@14x14b8";

  private static final String SPARSITIES = "0.5,0.6,0.7,0.8,0.9,0.95,0.98";

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      split = ",",
      description =
          "Layers: INxOUT@POSITIONS is a matrix, INxOUT[kKERNEL][sSTRIDE]@HEIGHTxWIDTH[bBATCH] a"
              + " convolution (default: "
              + LAYERS
              + ").")
  private List<String> shapes = List.of();

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      split = ",",
      description =
          "Fractions of the weights that random masks take out (default: " + SPARSITIES + ").")
  private List<Double> sparsities = List.of();

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "A layer's mask as .smtx, in place of random ones; one --shape may say which layer it is of"
              + " (default: its matrix at 512 positions).")
  private Path mask;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of one step (default: one per processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of masks, weights and activations (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--turns",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How often dense and sparse kernels take turns; medians are printed (default:"
              + " ${DEFAULT-VALUE}).")
  private int turns;

  @Option(
      names = "--turn",
      paramLabel = "MILLISECONDS",
      defaultValue = "100",
      description =
          "How long each repeats its step in a turn, three times at least (default: ${DEFAULT-VALUE}).")
  private int turnMilliseconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "4",
      description =
          "Turns that do not count, before the first mask of a layer; one before every other (default:"
              + " ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  protected Map<String, Object> run(Console console) {
    if (threads < 1) {
      throw new Refusal("Cannot measure with %d threads: choose 1 or more.".formatted(threads));
    }
    Schedule schedule = new Schedule(turns, turnMilliseconds, warmUp);
    List<MaskedLayer> layers = layers();
    console.note(Arithmetic.prepare(threads).line());
    Kernels.useThreads(threads);
    if (Kernels.chosen().sparse().isEmpty()) {
      throw noKernels();
    }
    console.note(Kernels.chosen().line());
    LayerTable.titles().forEach(console::result);
    List<List<LayerFigures>> figures =
        layers.stream().map(layer -> measure(layer, schedule, console)).toList();
    List<LayerBreakEven> breakEven = figures.stream().map(LayerBreakEven::of).toList();
    LayerTable.breakEven(breakEven).forEach(console::result);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kernels", Kernels.chosen().line());
    values.put("threads", threads);
    values.put(
        "figures", figures.stream().flatMap(List::stream).map(LayerFigures::values).toList());
    values.put("breakEven", breakEven.stream().map(LayerBreakEven::values).toList());
    return values;
  }

  private List<MaskedLayer> layers() {
    if (mask != null) {
      return List.of(ofFile());
    }
    List<Double> chosen = sparsities.isEmpty() ? doubles(SPARSITIES) : sparsities;
    chosen.forEach(RandomMask::requireSparsity);
    List<String> texts = shapes.isEmpty() ? List.of(LAYERS.split(",", -1)) : shapes;
    return texts.stream().map(LayerSyntax::parse).toList().stream()
        .map(shape -> MaskedLayer.random(shape, chosen, seed))
        .toList();
  }

  private MaskedLayer ofFile() {
    if (!sparsities.isEmpty() || shapes.size() > 1) {
      throw new Refusal(
          "Cannot measure under the mask %s: it has a sparsity of its own and is of one layer; leave out --sparsity and give at most one --shape."
              .formatted(mask));
    }
    return MaskedLayer.ofFile(mask, shapes.stream().findFirst().map(LayerSyntax::parse));
  }

  private static List<Double> doubles(String list) {
    return Arrays.stream(list.split(",", -1)).map(Double::valueOf).toList();
  }

  private List<LayerFigures> measure(MaskedLayer layer, Schedule schedule, Console console) {
    List<LayerFigures> figures = new ArrayList<>();
    try (LayerComparison comparison = new LayerComparison(layer.shape(), schedule, seed + 1)) {
      for (Mask each : layer.masks()) {
        figures.add(comparison.under(each));
        console.result(LayerTable.row(figures.get(figures.size() - 1)));
      }
    }
    return figures;
  }

  private static Refusal noKernels() {
    return new Refusal(
        "Cannot measure layers over their kept weights: the kernels '%s' have no such form; choose auto by -D%s."
            .formatted(Kernels.requested(), Kernels.PROPERTY));
  }
}
