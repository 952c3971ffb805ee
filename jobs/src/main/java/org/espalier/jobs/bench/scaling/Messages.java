package org.espalier.jobs.bench.scaling;

import java.util.Arrays;

/** Messages that are sent in one phase of an exchange, in the order in which they were added. */
final class Messages {
  private static final int FIRST_ROOM = 1024;

  private int size;
  private int[] from = new int[FIRST_ROOM];
  private int[] to = new int[FIRST_ROOM];
  private int[] shard = new int[FIRST_ROOM];
  private double[] bytes = new double[FIRST_ROOM];
  private double[] ready = new double[FIRST_ROOM];
  private double[] work = new double[FIRST_ROOM];

  /**
   * Adds a message.
   *
   * @param of the shard whose values it has
   * @param length in bytes
   * @param at when the sender has it ready
   * @param seconds that the receiver needs for its values, beside taking it from the socket
   */
  void add(int sender, int receiver, int of, double length, double at, double seconds) {
    if (size == from.length) {
      grow();
    }
    from[size] = sender;
    to[size] = receiver;
    shard[size] = of;
    bytes[size] = length;
    ready[size] = at;
    work[size] = seconds;
    size++;
  }

  /**
   * Notes of every receiver when it had the last of its messages, unless it has a later time.
   *
   * @param taken when each message was taken
   * @param at times by host
   */
  void noteLatest(double[] taken, double[] at) {
    for (int message = 0; message < size; message++) {
      at[to[message]] = Math.max(at[to[message]], taken[message]);
    }
  }

  private void grow() {
    int room = 2 * size;
    from = Arrays.copyOf(from, room);
    to = Arrays.copyOf(to, room);
    shard = Arrays.copyOf(shard, room);
    bytes = Arrays.copyOf(bytes, room);
    ready = Arrays.copyOf(ready, room);
    work = Arrays.copyOf(work, room);
  }

  int size() {
    return size;
  }

  int from(int message) {
    return from[message];
  }

  int to(int message) {
    return to[message];
  }

  int shard(int message) {
    return shard[message];
  }

  double bytes(int message) {
    return bytes[message];
  }

  double ready(int message) {
    return ready[message];
  }

  double work(int message) {
    return work[message];
  }
}
