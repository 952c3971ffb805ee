package org.espalier.jobs.bench.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Hosts on a switch without limits of its own, as an event simulation of messages in the manner of
 * LogGP (Alexandrov et al. 1995). A message takes a thread of its sender, then the sender's link,
 * then after the latency the receiver's link, whose bytes pass one message after the other in the
 * order in which they left, then a thread of the receiver. A host's link carries both directions at
 * the same time, and a message that waits at one receiver holds up none to another.
 */
final class Fabric {
  /** Unlimited messages under way from one host. */
  static final int NO_WINDOW = Integer.MAX_VALUE;

  private final double bytesPerSecond;
  private final double latency;
  private final MachineConstants machine;
  private final double[] outFree;
  private final double[] inFree;
  private final double[][] sending;
  private final double[][] receiving;
  private final double[] bytesOut;
  private final double[] bytesIn;
  private final long[] sent;

  /**
   * @param threads of a host that handle messages, as many for each direction
   */
  Fabric(int hosts, double bytesPerSecond, double latency, int threads, MachineConstants machine) {
    this.bytesPerSecond = bytesPerSecond;
    this.latency = latency;
    this.machine = machine;
    this.outFree = new double[hosts];
    this.inFree = new double[hosts];
    this.sending = new double[hosts][threads];
    this.receiving = new double[hosts][threads];
    this.bytesOut = new double[hosts];
    this.bytesIn = new double[hosts];
    this.sent = new long[hosts];
  }

  /** So many hosts as a scenario has them. */
  static Fabric of(int hosts, Scenario scenario, MachineConstants machine) {
    return new Fabric(
        hosts,
        scenario.bytesPerSecond(),
        scenario.latencySeconds(),
        scenario.networkThreads(),
        machine);
  }

  /** A host with messages to send, the next of which has a time to leave at. */
  private static final class Sender {
    private final int[] messages;
    private int next;
    private double leaves;

    Sender(int[] messages) {
      this.messages = messages;
    }

    double leaves() {
      return leaves;
    }
  }

  /**
   * Delivers messages.
   *
   * @param window messages of a host that may be under way at the same time
   * @return when the receiver has done with each
   */
  double[] deliver(Messages messages, int window) {
    double[] taken = new double[messages.size()];
    PriorityQueue<Sender> due = new PriorityQueue<>(Comparator.comparingDouble(Sender::leaves));
    for (Sender sender : senders(messages)) {
      leave(sender, messages, taken, window);
      due.add(sender);
    }
    while (!due.isEmpty()) {
      Sender sender = due.remove();
      int message = sender.messages[sender.next];
      taken[message] = arrive(message, messages, sender.leaves);
      sender.next++;
      if (sender.next < sender.messages.length) {
        leave(sender, messages, taken, window);
        due.add(sender);
      }
    }
    return taken;
  }

  private void leave(Sender sender, Messages messages, double[] taken, int window) {
    int message = sender.messages[sender.next];
    int host = messages.from(message);
    double ready = messages.ready(message);
    if (sender.next >= window) {
      ready = Math.max(ready, taken[sender.messages[sender.next - window]] + latency);
    }
    double written = thread(sending[host], ready, handling(messages.bytes(message)));
    sender.leaves = Math.max(written, outFree[host]);
    outFree[host] = sender.leaves + messages.bytes(message) / bytesPerSecond;
    bytesOut[host] += messages.bytes(message);
    sent[host]++;
  }

  private double arrive(int message, Messages messages, double left) {
    int host = messages.to(message);
    double bytes = messages.bytes(message);
    inFree[host] = Math.max(left + latency, inFree[host]) + bytes / bytesPerSecond;
    bytesIn[host] += bytes;
    return thread(receiving[host], inFree[host], handling(bytes) + messages.work(message));
  }

  private double handling(double bytes) {
    return machine.messageSeconds() + bytes / machine.socketBytesPerSecond();
  }

  /** Work that a host does in one of its threads for what it has received. */
  double work(int host, double ready, double seconds) {
    return thread(receiving[host], ready, seconds);
  }

  private static double thread(double[] free, double ready, double seconds) {
    int first = 0;
    for (int i = 1; i < free.length; i++) {
      first = free[i] < free[first] ? i : first;
    }
    free[first] = Math.max(ready, free[first]) + seconds;
    return free[first];
  }

  /** The senders, each with its messages in the order in which they are ready. */
  private List<Sender> senders(Messages messages) {
    int[] counts = new int[outFree.length];
    for (int m = 0; m < messages.size(); m++) {
      counts[messages.from(m)]++;
    }
    int[][] lists = new int[counts.length][];
    Arrays.setAll(lists, host -> new int[counts[host]]);
    Arrays.fill(counts, 0);
    for (int m = 0; m < messages.size(); m++) {
      int host = messages.from(m);
      lists[host][counts[host]++] = m;
    }
    List<Sender> senders = new ArrayList<>();
    for (int[] list : lists) {
      if (list.length > 0) {
        senders.add(new Sender(inOrder(list, messages)));
      }
    }
    return senders;
  }

  private static int[] inOrder(int[] list, Messages messages) {
    for (int i = 1; i < list.length; i++) {
      if (messages.ready(list[i]) < messages.ready(list[i - 1])) {
        return Arrays.stream(list)
            .boxed()
            .sorted(Comparator.comparingDouble(messages::ready))
            .mapToInt(Integer::intValue)
            .toArray();
      }
    }
    return list;
  }

  /** Number of hosts. */
  int hosts() {
    return outFree.length;
  }

  double bytesOut(int host) {
    return bytesOut[host];
  }

  double bytesIn(int host) {
    return bytesIn[host];
  }

  /** Messages that a host has sent. */
  long sent(int host) {
    return sent[host];
  }
}
