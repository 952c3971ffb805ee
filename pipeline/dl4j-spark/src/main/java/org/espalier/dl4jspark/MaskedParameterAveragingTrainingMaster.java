package org.espalier.dl4jspark;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.espalier.averaging.TrainingState;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MaskSet;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Masked parameter averaging for existing dl4j-spark programs: the training master to hand to a
 * {@link SparkComputationGraph} or {@link SparkDl4jMultiLayer} in the place of dl4j-spark's own.
 *
 * <p><b>Data.</b> Every element of the RDD is one minibatch. Element i is what worker i % W trains
 * on in step i / W of the fit, however the RDD is partitioned; a worker that has no minibatch left
 * sits the last step out, and averages are weighted by examples. The RDD is computed twice (to
 * number its elements, and to deal them), so it has to give the same elements in the same order
 * each time; cache it if that is expensive.
 *
 * <p><b>Determinism.</b> The network after a fit is a pure function of the network before it, the
 * RDD's elements and these settings; partitions, executors and retried tasks do not show in a bit
 * (same CPU type and threads per task assumed). Dropout and weight noise draw from (seed, worker,
 * step).
 *
 * <p><b>Steps.</b> They count on over fits, from the network's iteration count; so do masking
 * schedules and the multiples of the averaging frequency at which a round ends. Every fit also ends
 * with an averaging. The updater's state is averaged with the parameters.
 *
 * <p><b>Weights.</b> After a fit the network on the driver holds {@code weights * masks}: what it
 * computes is what its replicas computed, wherever it is evaluated or saved. The raw weights, which
 * magnitude pruning ranks, stay in {@link #state}, and the next fit goes on from them if the
 * network is as the last one left it. A network that was changed meanwhile, or never trained by
 * this master, begins with its own weights and the masks that are due at its step. Use one master
 * per network.
 *
 * <p><b>Networks.</b> float32, any updater; truncated backpropagation through time and second-order
 * optimisers are refused. The running moments of batch normalisation are merged from the workers'
 * means and squares. Masks reach the weights of dense, 2D convolution and output layers; a masking
 * method other than {@link Dense} refuses networks with others. Tensors are named {@code
 * layer/parameter}, in a MultiLayerNetwork {@code 0/W}, {@code 1/W} ....
 *
 * <p>Used by one thread. A fit that fails leaves the network as the last finished round left it
 * where there are listeners, and else untouched.
 */
public final class MaskedParameterAveragingTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private final MasterSettings settings;
  private DriverListeners listeners = new DriverListeners(List.of());
  private Optional<MasterStatistics> statistics = Optional.empty();
  private Optional<TrainingState> state = Optional.empty();

  MaskedParameterAveragingTrainingMaster(MasterSettings settings) {
    this.settings = settings;
  }

  /** A builder, of which only {@link TrainingMasterBuilder#workers} has to be told. */
  public static TrainingMasterBuilder builder() {
    return new TrainingMasterBuilder();
  }

  /**
   * The master that was written by {@link #toJson}.
   *
   * @throws org.espalier.base.Refusal if the text is not the JSON of such a master
   */
  public static MaskedParameterAveragingTrainingMaster fromJson(String json) {
    return new MaskedParameterAveragingTrainingMaster(MasterJson.JSON.read(json));
  }

  /**
   * The master that was written by {@link #toYaml}.
   *
   * @throws org.espalier.base.Refusal if the text is not the YAML of such a master
   */
  public static MaskedParameterAveragingTrainingMaster fromYaml(String yaml) {
    return new MaskedParameterAveragingTrainingMaster(MasterJson.YAML.read(yaml));
  }

  /**
   * The masks that the next fit begins with.
   *
   * @throws IllegalStateException before the first fit
   */
  public MaskSet masks() {
    return state().masks();
  }

  /**
   * What the next fit goes on from: steps done, raw parameters and updater state, masks.
   *
   * @throws IllegalStateException before the first fit
   */
  public TrainingState state() {
    return state.orElseThrow(
        () -> new IllegalStateException("Cannot tell masks or weights before the first fit"));
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
    fit(new DriverGraph(graph), trainingData, DataSet::toMultiDataSet);
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> trainingData) {
    fit(new DriverGraph(graph), trainingData, minibatch -> minibatch);
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
    fit(new DriverStack(network), trainingData, DataSet::toMultiDataSet);
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> trainingDataPaths,
      DataSetLoader dsLoader,
      MultiDataSetLoader mdsLoader) {
    DriverNetwork driver = network == null ? new DriverGraph(graph) : new DriverStack(network);
    fit(
        driver,
        trainingDataPaths,
        dsLoader == null
            ? StoredMinibatches.multiDataSets(driver.spark(), mdsLoader)
            : StoredMinibatches.dataSets(driver.spark(), dsLoader));
  }

  private <T> void fit(DriverNetwork network, JavaRDD<T> data, StoredMinibatchDecoder<T> decoder) {
    DriverFit fit =
        new DriverFit(network, settings, listeners, statistics.orElseGet(MasterStatistics::new));
    state = Optional.of(fit.over(data, decoder, state));
  }

  /** {@inheritDoc} Off unless set. */
  @Override
  public void setCollectTrainingStats(boolean collectTrainingStats) {
    if (!collectTrainingStats) {
      statistics = Optional.empty();
    } else if (statistics.isEmpty()) {
      statistics = Optional.of(new MasterStatistics());
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return statistics.isPresent();
  }

  /** The durations of fits and rounds so far, or null if they are not collected. */
  @Override
  public SparkTrainingStats getTrainingStats() {
    return statistics.map(MasterStatistics::copy).orElse(null);
  }

  /**
   * Sets who is told, on the driver, of every fit as an epoch and of every round as an iteration,
   * with the averaged and masked network as the model. Callbacks from within a minibatch (forward
   * and backward pass, gradients) do not come.
   */
  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    this.listeners = new DriverListeners(List.copyOf(listeners));
  }

  /** As the other {@code setListeners}; listeners that route statistics send them to the router. */
  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
    for (TrainingListener listener : listeners) {
      if (router != null && listener instanceof RoutingIterationListener routing) {
        routing.setStorageRouter(router);
      }
    }
    setListeners(listeners);
  }

  /**
   * Not supported.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void addHook(TrainingHook trainingHook) {
    throw noHooks();
  }

  /**
   * Not supported.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void removeHook(TrainingHook trainingHook) {
    throw noHooks();
  }

  /**
   * Not supported.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw noWorkers();
  }

  /**
   * Not supported.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw noWorkers();
  }

  private static UnsupportedOperationException noHooks() {
    return new UnsupportedOperationException(
        "Cannot call training hooks: a change to one replica's step would break the reproducibility of averaging; set a TrainingListener, which is told of every round.");
  }

  private static UnsupportedOperationException noWorkers() {
    return new UnsupportedOperationException(
        "Cannot hand out a dl4j-spark worker: workers are pooled replicas on the executors; call fit on the Spark network.");
  }

  /**
   * These settings as JSON: masking methods that a configuration can name, given masks included.
   *
   * @throws org.espalier.base.Refusal if the masking method is not one of these
   */
  @Override
  public String toJson() {
    return MasterJson.JSON.write(settings);
  }

  /** These settings as YAML; see {@link #toJson}. */
  @Override
  public String toYaml() {
    return MasterJson.YAML.write(settings);
  }

  /** True: a fit leaves no files. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext sc) {
    return true;
  }

  /** True: a fit leaves no files. */
  @Override
  public boolean deleteTempFiles(SparkContext sc) {
    return true;
  }

  @Override
  public String toString() {
    return "MaskedParameterAveragingTrainingMaster[" + settings + "]";
  }
}
