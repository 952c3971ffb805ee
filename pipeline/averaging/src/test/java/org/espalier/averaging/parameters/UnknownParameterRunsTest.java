package org.espalier.averaging.parameters;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.LocalExchange;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.junit.jupiter.api.Test;

class UnknownParameterRunsTest {
  private static final long RUN = 0x5eed5eed5eedL;
  private static final RoundKey KEY = new RoundKey(RUN, 3, 0);

  @Test
  void messagesOfARunAreHeardFromItsFirstTaskToItsEnd() {
    try (LocalExchange here = new LocalExchange()) {
      assertUnknown(here, ParameterRequest.mean(KEY, 0));
      ByteBuffer huge = ByteBuffer.allocate(64).put((byte) 1).putLong(RUN).putLong(3).putInt(0);
      assertUnknown(here, huge.putInt(0).putInt(Integer.MAX_VALUE).rewind());

      Exchange exchange = here.exchange();
      exchange.admit(RUN);
      assertThatThrownBy(() -> here.ask(ParameterRequest.mean(KEY, 0)))
          .hasMessageStartingWith("Cannot find shard 0 of round 3, try 0");
      exchange.forget(exchange.address(), RUN);
      assertUnknown(here, ParameterRequest.mean(KEY, 0));
    }
  }

  private static void assertUnknown(LocalExchange here, ByteBuffer message) {
    assertThatThrownBy(() -> here.ask(message))
        .isInstanceOf(LostShards.class)
        .hasMessageStartingWith("Cannot take part in a run that this process does not know");
  }
}
