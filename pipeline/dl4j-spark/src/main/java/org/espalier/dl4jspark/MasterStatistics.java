package org.espalier.dl4jspark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.stats.StatsUtils;
import org.espalier.averaging.RoundSummary;

/**
 * How long fits, and within them the rounds, took: the statistics of {@link
 * MaskedParameterAveragingTrainingMaster} in dl4j-spark's form, in milliseconds of the driver's
 * clock.
 */
final class MasterStatistics implements SparkTrainingStats {
  private static final long serialVersionUID = 1L;
  private static final String DELIMITER = ",";
  private static final double TO_MILLIS = 1e3;

  /** What is timed. */
  enum Phase {
    /** A whole call of fit. */
    FIT("FitTimesMs", "Fit"),
    /** Dealing the RDD's minibatches to the workers. */
    DEAL("DealTimesMs", "Deal"),
    /** A round, from its start to the next masks. */
    ROUND("RoundTimesMs", "Round"),
    /** The slowest worker's steps within a round. */
    SLOWEST_WORKER("SlowestWorkerTimesMs", "Slowest"),
    /** The mask update at the end of a round; next to nothing where none was due. */
    MASK_UPDATE("MaskUpdateTimesMs", "Masks");

    private final String key;
    private final String shortName;

    Phase(String key, String shortName) {
      this.key = key;
      this.shortName = shortName;
    }

    static Phase of(String key) {
      return Arrays.stream(values())
          .filter(phase -> phase.key.equals(key))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Cannot find training statistics " + key + ": there are " + keys()));
    }

    private static Set<String> keys() {
      return Arrays.stream(values())
          .map(phase -> phase.key)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  private final EnumMap<Phase, List<EventStats>> events = new EnumMap<>(Phase.class);

  MasterStatistics() {
    for (Phase phase : Phase.values()) {
      events.put(phase, new ArrayList<>());
    }
  }

  /** Does the work of a phase and notes how long it took. */
  <T> T time(Phase phase, Supplier<T> work) {
    long start = System.currentTimeMillis();
    T result = work.get();
    add(phase, start, System.currentTimeMillis() - start);
    return result;
  }

  /** Notes a round that has just ended. */
  void note(RoundSummary round) {
    long end = System.currentTimeMillis();
    long start = end - millis(round.seconds());
    add(Phase.ROUND, start, end - start);
    add(Phase.SLOWEST_WORKER, start, millis(round.slowest().computeSeconds()));
    long masks = millis(round.phases().masks());
    add(Phase.MASK_UPDATE, end - masks, masks);
  }

  /** What has been noted until now, for others to keep. */
  MasterStatistics copy() {
    MasterStatistics copy = new MasterStatistics();
    copy.addAll(this);
    return copy;
  }

  private void add(Phase phase, long start, long duration) {
    events.get(phase).add(new BaseEventStats(start, duration));
  }

  private void addAll(MasterStatistics other) {
    for (Map.Entry<Phase, List<EventStats>> entry : other.events.entrySet()) {
      events.get(entry.getKey()).addAll(entry.getValue());
    }
  }

  private static long millis(double seconds) {
    return Math.round(seconds * TO_MILLIS);
  }

  @Override
  public Set<String> getKeySet() {
    return Phase.keys();
  }

  @Override
  public List<EventStats> getValue(String key) {
    return List.copyOf(events.get(Phase.of(key)));
  }

  @Override
  public String getShortNameForKey(String key) {
    return Phase.of(key).shortName;
  }

  /** A fit contains all others, so it is left out. */
  @Override
  public boolean defaultIncludeInPlots(String key) {
    return Phase.of(key) != Phase.FIT;
  }

  @Override
  public void addOtherTrainingStats(SparkTrainingStats other) {
    if (!(other instanceof MasterStatistics same)) {
      throw new IllegalArgumentException(
          "Cannot add training statistics of %s: they have other phases"
              .formatted(other.getClass().getName()));
    }
    addAll(same);
  }

  @Override
  public SparkTrainingStats getNestedTrainingStats() {
    return null;
  }

  @Override
  public String statsAsString() {
    return Arrays.stream(Phase.values())
        .map(
            phase ->
                DEFAULT_PRINT_FORMAT.formatted(phase.key)
                    + StatsUtils.getDurationAsString(events.get(phase), DELIMITER)
                    + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public void exportStatFiles(String outputPath, SparkContext sc) throws IOException {
    for (Phase phase : Phase.values()) {
      if (!events.get(phase).isEmpty()) {
        StatsUtils.exportStats(events.get(phase), outputPath, phase.key + ".txt", DELIMITER, sc);
      }
    }
  }
}
