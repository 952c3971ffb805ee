package org.espalier.jobs.bench.scaling;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outcome of a simulation.
 *
 * @param stepSeconds seconds per step of all workers, all that belongs to it
 * @param waitingSeconds of these, how much longer the slowest executor computed than an undisturbed
 *     one
 * @param communicationSeconds of these, neither computing nor waiting for who computes
 * @param efficiency undisturbed computing over {@code stepSeconds}: 1 where W workers do W times
 *     the work of one in the same time
 * @param bytesPerExecutor that an executor hands to others in a step, in the mean
 * @param busiestBytes that the busiest link carries in a step, one way
 * @param bytesAtDriver that come to the driver and leave it in a step
 * @param messages that an executor sends in a step, at most
 * @param peers other hosts that an executor speaks with, at most
 * @param lostSecondsPerHour lost through failures
 */
record ScalingFigures(
    Protocol protocol,
    Scenario scenario,
    double stepSeconds,
    double waitingSeconds,
    double communicationSeconds,
    double efficiency,
    double bytesPerExecutor,
    double busiestBytes,
    double bytesAtDriver,
    double messages,
    int peers,
    double lostSecondsPerHour) {
  /** All of it by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("protocol", protocol.toString());
    values.put("network", scenario.network().toString());
    values.put("density", scenario.density());
    values.put("workers", scenario.workers());
    values.put("executors", scenario.executors());
    values.put("gigabits", scenario.gigabits());
    values.put("frequency", protocol.averagesParameters() ? scenario.frequency() : 1);
    values.put("stepSeconds", stepSeconds);
    values.put("waitingSeconds", waitingSeconds);
    values.put("communicationSeconds", communicationSeconds);
    values.put("efficiency", efficiency);
    values.put("bytesPerExecutor", Math.round(bytesPerExecutor));
    values.put("busiestBytes", Math.round(busiestBytes));
    values.put("bytesAtDriver", Math.round(bytesAtDriver));
    values.put("messages", messages);
    values.put("peers", peers);
    values.put("lostSecondsPerHour", lostSecondsPerHour);
    return values;
  }
}
