package org.espalier.jobs.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Links carry what they can and no more. */
class FabricTest {
  private static final double BYTES_PER_SECOND = 100;
  private static final double LATENCY = 0.25;
  private static final Offset<Double> EXACTLY = within(1e-9);

  private final Fabric fabric = new Fabric(4, BYTES_PER_SECOND, LATENCY, 1, Idle.machine());
  private final Messages messages = new Messages();

  @Test
  void aMessageTakesItsBytesAndTheLatency() {
    messages.add(0, 1, 0, 200, 1, 0);
    assertThat(last()).isCloseTo(1 + LATENCY + 2, EXACTLY);
    assertThat(fabric.bytesOut(0)).isEqualTo(200);
    assertThat(fabric.bytesIn(1)).isEqualTo(200);
    assertThat(fabric.sent(0)).isEqualTo(1);
  }

  @Test
  void manySendersShareTheReceiversLink() {
    for (int sender = 1; sender < 4; sender++) {
      messages.add(sender, 0, 0, 100, 0, 0);
    }
    assertThat(last()).isCloseTo(LATENCY + 3, EXACTLY);
  }

  @Test
  void manyReceiversShareTheSendersLink() {
    for (int receiver = 1; receiver < 4; receiver++) {
      messages.add(0, receiver, 0, 100, 0, 0);
    }
    assertThat(last()).isCloseTo(LATENCY + 3, EXACTLY);
  }

  @Test
  void bothWaysAtTheSameTime() {
    for (int host = 0; host < 4; host++) {
      messages.add(host, (host + 1) % 4, 0, 100, 0, 0);
    }
    assertThat(last()).isCloseTo(LATENCY + 1, EXACTLY);
  }

  @Test
  void whatWaitsAtOneReceiverHoldsUpNoneToAnother() {
    messages.add(1, 0, 0, 1000, 0, 0);
    messages.add(2, 0, 0, 100, 0, 0);
    messages.add(2, 3, 0, 100, 0, 0);
    double[] taken = fabric.deliver(messages, Fabric.NO_WINDOW);
    assertThat(taken[1]).isCloseTo(LATENCY + 11, EXACTLY);
    assertThat(taken[2]).isCloseTo(LATENCY + 2, EXACTLY);
  }

  @Test
  void withAWindowTheSenderWaitsForAnswers() {
    messages.add(0, 1, 0, 100, 0, 5);
    messages.add(0, 2, 0, 100, 0, 0);
    double[] taken = fabric.deliver(messages, 1);
    assertThat(taken[0]).isCloseTo(LATENCY + 1 + 5, EXACTLY);
    assertThat(taken[1]).isCloseTo(taken[0] + 2 * LATENCY + 1, EXACTLY);
  }

  @Test
  void messagesAreHandledByAsManyThreadsAsThereAre() {
    Fabric wide = new Fabric(3, BYTES_PER_SECOND, 0, 2, Idle.machine());
    messages.add(1, 0, 0, 100, 0, 10);
    messages.add(2, 0, 0, 100, 0, 10);
    assertThat(wide.deliver(messages, Fabric.NO_WINDOW)).containsExactly(11, 12);
  }

  private double last() {
    return Arrays.stream(fabric.deliver(messages, Fabric.NO_WINDOW)).max().orElseThrow();
  }
}
