package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who does not know the number of a run has no say in it, and is not even listened to. */
class StrangersTest {
  private static final long RUN = 0x5eed5eed5eedL;

  private LocalExchange here;

  @BeforeEach
  void start() {
    here = new LocalExchange();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  @Test
  void whatIsNoMessageIsRefused() {
    assertThatThrownBy(() -> here.ask(ByteBuffer.allocate(3)))
        .isInstanceOf(LostShards.class)
        .hasMessage("Cannot do what a message asks for: it has 3 bytes");
    assertThatThrownBy(() -> here.ask(ByteBuffer.allocate(64).put((byte) 99).rewind()))
        .isInstanceOf(LostShards.class)
        .hasMessage("Cannot do what a message asks for: its code is 99");
  }

  @Test
  void aRunThatIsOverIsUnknownAgain() {
    Exchange exchange = here.exchange();
    exchange.admit(RUN);
    assertThat(exchange.run(RUN)).isNotNull();
    exchange.forget(exchange.address(), RUN);
    assertThatThrownBy(() -> exchange.run(RUN))
        .isInstanceOf(LostShards.class)
        .hasMessage(
            "Cannot take part in a run that this process does not know: no task of it has been here, or it is over");
  }

  @Test
  void theNumberOfARunIsNotForLogs() {
    assertThat(new RoundKey(RUN, 3, 0)).hasToString("round 3, try 0");
  }
}
