package org.espalier.engine.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which kernels run: the fast ones, as far as this JVM and CPU have what they need, or the plain
 * Java reference. Chosen once per JVM: on the driver by the system property {@value #PROPERTY},
 * {@code auto} or {@code reference}, on executors by what the driver was asked for. The objects
 * handed out are used by one thread at a time each.
 */
public final class Kernels implements LayerKernels {
  /** The system property that chooses. */
  public static final String PROPERTY = "espalier.kernels";

  private static final Kernels REFERENCE =
      new Kernels("reference kernels (plain Java)", null, null, false, Slices.DEFAULT);
  private static Kernels chosen;

  private final String line;
  private final LaneMath lanes;
  private final Supplier<Sgemm> library;
  private final boolean oneDnn;
  private final Slices slices;

  private Kernels(
      String line, LaneMath lanes, Supplier<Sgemm> library, boolean oneDnn, Slices slices) {
    this.line = line;
    this.lanes = lanes;
    this.library = library;
    this.oneDnn = oneDnn;
    this.slices = slices;
  }

  /** What a name stands for. */
  private enum Choice {
    AUTO,
    REFERENCE
  }

  /**
   * The kernels that this JVM runs; chosen at the first call.
   *
   * @throws Refusal if the system property names none
   */
  public static synchronized Kernels chosen() {
    if (chosen == null) {
      chosen = named(requested());
    }
    return chosen;
  }

  /** The name that the system property of this JVM asks for. */
  public static String requested() {
    return System.getProperty(PROPERTY, "auto");
  }

  /**
   * Lets this JVM run the kernels of a name, whatever its system property asks for.
   *
   * @throws Refusal if there are none of that name, or the JVM has chosen others already
   */
  public static synchronized void choose(String name) {
    Kernels wanted = named(name);
    if (chosen == null) {
      chosen = wanted;
    } else if (!chosen.line.equals(wanted.line)) {
      throw new Refusal(
          "Cannot choose the kernels '%s': this JVM already runs the %s; choose before the first network is built."
              .formatted(name, chosen.line));
    }
  }

  /** The plain Java reference, the only one for float64. */
  public static Kernels reference() {
    return REFERENCE;
  }

  /** The kernels for arrays of a type. */
  public static Kernels of(DataType type) {
    return type == DataType.DOUBLE ? REFERENCE : chosen();
  }

  /**
   * The kernels of a name.
   *
   * @throws Refusal if there are none, with the names that there are
   */
  public static Kernels named(String name) {
    for (Choice choice : Choice.values()) {
      if (choice.name().equalsIgnoreCase(name)) {
        return choice == Choice.AUTO ? fast() : REFERENCE;
      }
    }
    throw new Refusal(
        "Cannot choose the kernels '%s': they are unknown; choose one of %s."
            .formatted(
                name,
                Arrays.stream(Choice.values())
                    .map(choice -> choice.name().toLowerCase(java.util.Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  private static Kernels fast() {
    LaneMath lanes = Lanes.best();
    boolean present = OneDnn.present();
    String line =
        "fast kernels, products and convolutions by %s, elementwise by %s"
            .formatted(present ? "oneDNN" : "cblas (oneDNN is absent)", Lanes.describe(lanes));
    return new Kernels(
        line, lanes, present ? OneDnnSgemm::new : Cblas::new, present, Slices.DEFAULT);
  }

  /** The same kernels, whose products and convolutions are cut into so many slices. */
  public Kernels cutInto(Slices number) {
    return new Kernels(line, lanes, library, oneDnn, number);
  }

  /**
   * What products and convolutions are computed by, which decides their bits: the reference, or a
   * library and the instructions that it uses. All other passes give the same bits in lanes of any
   * width and in plain Java.
   */
  public String arithmetic() {
    if (library == null) {
      return "reference";
    }
    return oneDnn ? "oneDNN " + OneDnn.instructions() : "cblas";
  }

  /**
   * Lets kernels that the calling thread runs use so many threads; unless told otherwise as many as
   * OpenMP would. Results do not depend on it.
   */
  public static void useThreads(int threads) {
    OpenMp.use(threads);
  }

  /** One line for the log: which kernels run and what they lack. */
  public String line() {
    return "kernels: " + line;
  }

  @Override
  public Values values(INDArray array) {
    return Values.of(array);
  }

  @Override
  public Products products() {
    return library == null ? LayerKernels.super.products() : new SlicedProducts(library, slices);
  }

  @Override
  public Convolution convolution(ConvolutionShape shape) {
    if (library == null) {
      return LayerKernels.super.convolution(shape);
    }
    return oneDnn
        ? new OneDnnConvolution(shape, rows(), slices)
        : new UnfoldedConvolution(shape, products());
  }

  @Override
  public Optional<Supplier<PartProducts>> parts() {
    return Optional.ofNullable(library).map(each -> () -> new PartProducts(each.get()));
  }

  @Override
  public Optional<LaneMath> lanes() {
    return Optional.ofNullable(lanes);
  }

  @Override
  public RowPasses rows() {
    return lanes == null ? LayerKernels.super.rows() : new FastRowPasses(lanes);
  }

  @Override
  public TablePasses tables() {
    return lanes == null ? LayerKernels.super.tables() : new FastTablePasses();
  }

  @Override
  public PoolingPasses pooling() {
    return lanes == null ? LayerKernels.super.pooling() : new FastPoolingPasses(lanes);
  }

  @Override
  public VariationalPasses variational() {
    return lanes == null ? LayerKernels.super.variational() : new FastVariationalPasses(lanes);
  }

  @Override
  public GatePasses gates() {
    return lanes == null ? LayerKernels.super.gates() : new FastGatePasses(lanes);
  }

  @Override
  public LossPasses loss() {
    return lanes == null ? LayerKernels.super.loss() : new FastLossPasses(lanes);
  }

  /** Weighted means of vectors. */
  public WeightedSums sums() {
    return new WeightedSums(lanes == null ? new ScalarLanes() : lanes);
  }

  @Override
  public Slices slices() {
    return slices;
  }

  @Override
  public Optional<SparseLanes> sparse() {
    return Optional.ofNullable(lanes).map(LaneMath::sparse);
  }

  @Override
  public OptimiserPasses optimiser() {
    return lanes == null ? LayerKernels.super.optimiser() : new FastOptimiserPasses(lanes);
  }
}
