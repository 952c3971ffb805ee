package org.espalier.averaging.parameters;

import java.util.function.Supplier;
import org.espalier.averaging.exchange.Buffers;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RunState;
import org.espalier.averaging.shards.NewestEntries;
import org.espalier.averaging.shards.TravellingEntries;

/** The state in this process of a run whose parameters are averaged. Thread-safe. */
public final class ParameterRun implements RunState.Part {
  private final OwnedShards shards = new OwnedShards();
  private final RoundVector vector = new RoundVector();
  private final Buffers buffers = new Buffers();
  private final NewestEntries travelling = new NewestEntries();

  private ParameterRun() {}

  /**
   * The state of a run.
   *
   * @throws LostShards if the run was not admitted here, or is over
   */
  public static ParameterRun of(Exchange here, long run) {
    return here.run(run).part(ParameterRun.class, ParameterRun::new);
  }

  OwnedShards shards() {
    return shards;
  }

  Buffers buffers() {
    return buffers;
  }

  RoundVector vector() {
    return vector;
  }

  /** The entries that travel under masks of this hash; worked out once. */
  public TravellingEntries travelling(long hash, Supplier<TravellingEntries> under) {
    return travelling.under(hash, under);
  }
}
