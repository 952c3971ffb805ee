package org.espalier.experiment;

/** The names of the files in a run's folder. */
public final class RunFiles {
  /** The whole configuration, defaults included, in HOCON. */
  public static final String CONFIGURATION = "experiment.conf";

  /** The network in DL4J's JSON form. */
  public static final String NETWORK = "network.json";

  /** The same network with plain weights, for methods whose weights are drawn. */
  public static final String PLAIN_NETWORK = "plain-network.json";

  /** The final raw parameters, little-endian float32; its SHA-256 is the run's parameter hash. */
  public static final String PARAMETERS = "parameters.f32";

  /** The final masks. */
  public static final String MASKS = "masks.bin";

  /** The rounds as a time series. */
  public static final String ROUNDS = "rounds.parquet";

  private RunFiles() {}
}
