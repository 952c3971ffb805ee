package org.espalier.averaging.gradients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.LocalExchange;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.junit.jupiter.api.Test;

class UnknownGradientRunsTest {
  private static final long RUN = 0x5eed5eed5eedL;
  private static final RoundKey KEY = new RoundKey(RUN, 3, 0);

  @Test
  void messagesOfAnUnknownRunAreRefusedBeforeAnythingIsDeserialised() {
    ByteBuffer mischief = ByteBuffer.wrap(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 115});
    List<ByteBuffer> messages =
        List.of(
            GradientRequest.begin(RUN, mischief),
            GradientRequest.parameters(KEY, 0, 7),
            GradientRequest.allParameters(KEY, 0),
            GradientRequest.keepAll(KEY),
            GradientRequest.keptPart(RUN, 7, 0, 1),
            GradientRequest.wholeGradient(KEY, 0),
            GradientRequest.end(KEY, Failure.of(new IllegalStateException("mischief"), "1")));
    try (LocalExchange here = new LocalExchange()) {
      for (ByteBuffer message : messages) {
        assertThatThrownBy(() -> here.ask(message))
            .isInstanceOf(LostShards.class)
            .hasMessage(
                "Cannot take part in a run that this process does not know: no task of it has been here, or it is over");
      }
    }
  }
}
