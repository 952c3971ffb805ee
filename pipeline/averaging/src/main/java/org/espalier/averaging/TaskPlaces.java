package org.espalier.averaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.averaging.exchange.ExecutorAddress;

/**
 * Where the tasks of a run are best computed, as Spark writes the location of an executor. Used by
 * one thread.
 */
final class TaskPlaces {
  private List<ExecutorAddress> places = List.of();

  /**
   * For each task the executor that carried it before, whose memory has the rows of its workers.
   * New tasks, and those of executors that are gone, go to the executor with the fewest.
   */
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
    return next.stream().map(TaskPlaces::location).toList();
  }

  /** For each task an executor, so that those of an executor are next to each other. */
  static List<String> inRanges(int tasks, List<ExecutorAddress> executors) {
    return IntStream.range(0, tasks)
        .mapToObj(task -> executors.get((int) ((long) task * executors.size() / tasks)))
        .map(TaskPlaces::location)
        .toList();
  }

  private static String location(ExecutorAddress place) {
    return "executor_%s_%s".formatted(place.host(), place.executor());
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
