package org.espalier.dl4jspark.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingMasterStats;
import org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingWorkerStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.time.SystemClockTimeSource;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Measures the rounds of dl4j-spark's own ParameterAveragingTrainingMaster on the same network and
 * examples, by the statistics that it collects itself.
 */
public final class StockRounds {
  private static final double SECONDS = 1e-3;
  private static final String TIME_SOURCE = DL4JSystemProperties.TIMESOURCE_CLASSNAME_PROPERTY;

  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  private StockRounds() {}

  /** Sets dl4j-spark's clock to that of the system: its default asks a server on the internet. */
  public static void useSystemClock(SparkConf settings) {
    String property = TIME_SOURCE;
    String clock = SystemClockTimeSource.class.getName();
    System.setProperty(property, clock);
    settings.set(OPTIONS, "-D" + property + "=" + clock + " " + settings.get(OPTIONS, ""));
  }

  /** Runs the rounds on this cluster. */
  public static RoundFigures measure(JavaSparkContext spark, RoundBench bench) {
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(bench.workers(), RoundBench.BATCH)
            .batchSizePerWorker(RoundBench.BATCH)
            .averagingFrequency(RoundBench.STEPS)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .collectTrainingStats(true)
            .build();
    SparkComputationGraph network =
        new SparkComputationGraph(spark, SyntheticNetwork.of(bench.parameters()), master);
    try (Traffic traffic = new Traffic(spark)) {
      bench.warmUp(rounds -> network.fit(examples(spark, bench, rounds)));
      traffic.settle();
      long shuffled = traffic.shuffled();
      long results = traffic.results();
      network.fit(examples(spark, bench, 1 + bench.rounds()));
      traffic.settle();
      List<Measured> rounds = rounds(master.getTrainingStats());
      List<Measured> counted = rounds.subList(rounds.size() - bench.rounds(), rounds.size());
      return new RoundFigures(
          Math.toIntExact(network.getNetwork().numParams()),
          Medians.of(counted, Measured::seconds),
          Medians.of(counted, Measured::compute),
          Medians.of(counted, round -> round.seconds() - round.compute()),
          (traffic.shuffled() - shuffled) / (1 + bench.rounds()) / bench.workers(),
          MaskedRounds.executors(spark),
          (traffic.shuffled() - shuffled) / (1 + bench.rounds()) / MaskedRounds.executors(spark),
          (traffic.results() - results) / (1 + bench.rounds()),
          "",
          List.of());
    }
  }

  private static JavaRDD<DataSet> examples(JavaSparkContext spark, RoundBench bench, int rounds) {
    List<DataSet> examples = new ArrayList<>();
    for (int i = 0; i < rounds * bench.workers(); i++) {
      examples.add(SyntheticNetwork.examples(i % bench.workers()));
    }
    return spark.parallelize(examples, bench.workers());
  }

  private record Measured(double seconds, double compute) {}

  /** A round lasts from the end of the one before it to where its average was taken over. */
  private static List<Measured> rounds(SparkTrainingStats statistics) {
    var master = (ParameterAveragingTrainingMasterStats) statistics;
    List<EventStats> ends =
        master.getValue(
            ParameterAveragingTrainingMasterStats
                .PARAMETER_AVERAGING_MASTER_PROCESS_PARAMS_UPDATER_TIMES_MS);
    List<EventStats> fits =
        master
            .getWorkerStats()
            .getNestedTrainingStats()
            .getValue(
                ParameterAveragingTrainingWorkerStats.PARAMETER_AVERAGING_WORKER_FIT_TIMES_MS);
    List<Measured> rounds = new ArrayList<>();
    List<EventStats> ordered =
        ends.stream().sorted(Comparator.comparingLong(EventStats::getStartTime)).toList();
    for (int i = 1; i < ordered.size(); i++) {
      long from = end(ordered.get(i - 1));
      long to = end(ordered.get(i));
      rounds.add(new Measured((to - from) * SECONDS, busiest(fits, from, to) * SECONDS));
    }
    return rounds;
  }

  private static long busiest(List<EventStats> fits, long from, long to) {
    Map<String, Long> byExecutor = new HashMap<>();
    for (EventStats fit : fits) {
      if (fit.getStartTime() >= from && fit.getStartTime() < to) {
        byExecutor.merge(fit.getJvmID(), fit.getDurationMs(), Long::sum);
      }
    }
    return byExecutor.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static long end(EventStats event) {
    return event.getStartTime() + event.getDurationMs();
  }
}
