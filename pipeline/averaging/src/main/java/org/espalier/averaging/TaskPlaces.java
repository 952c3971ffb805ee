package org.espalier.averaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.averaging.exchange.ExecutorAddress;

/**
 * Where the tasks of a run's rounds are best computed: on the executor that carried them before,
 * whose memory has the rows of their workers. New tasks, and those of executors that are gone, go
 * to the executor with the fewest. Used by one thread.
 */
final class TaskPlaces {
  private List<ExecutorAddress> places = List.of();

  /** A location for each task, as Spark writes that of an executor. */
  List<String> of(int tasks, List<ExecutorAddress> executors) {
    int most = (tasks + executors.size() - 1) / executors.size();
    List<ExecutorAddress> next = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      boolean stays =
          task < places.size()
              && executors.contains(places.get(task))
              && count(next, places.get(task)) < most;
      next.add(stays ? places.get(task) : fewest(next, executors));
    }
    places = next;
    return next.stream()
        .map(place -> "executor_%s_%s".formatted(place.host(), place.executor()))
        .toList();
  }

  private static ExecutorAddress fewest(
      List<ExecutorAddress> taken, List<ExecutorAddress> executors) {
    return executors.stream()
        .min(Comparator.comparingLong(executor -> count(taken, executor)))
        .orElseThrow();
  }

  private static long count(List<ExecutorAddress> taken, ExecutorAddress executor) {
    return taken.stream().filter(executor::equals).count();
  }
}
