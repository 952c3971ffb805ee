package org.espalier.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When and where a part of a run was executed. None of it may influence a bit of the model.
 *
 * @param startedAt when it began, kept to the millisecond
 * @param seconds wall-clock time until it ended; not negative
 * @param master the Spark master it was given
 * @param executors how many executors computed
 */
public record Execution(Instant startedAt, double seconds, String master, int executors) {

  public Execution {
    startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    Require.notNegative(seconds, "a duration");
    Require.text(master, "Spark master");
    Require.atLeast(0, executors, "an executor count");
  }
}
