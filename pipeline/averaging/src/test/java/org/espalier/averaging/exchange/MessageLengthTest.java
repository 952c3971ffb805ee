package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No memory is taken for what a message only claims to hold. */
class MessageLengthTest {
  private static final int SHORT = 64;

  @ParameterizedTest
  @ValueSource(ints = {-1, SHORT + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aMessageThatClaimsMoreThanItHoldsIsRefused(int claimed) {
    assertThatThrownBy(() -> MessageLength.read(message(claimed), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot read a message: it speaks of %d items of 1 bytes and more, and 64 bytes are left of it"
                .formatted(claimed));
    assertRefused(claimed, ExecutorAddress::read);
    assertRefused(claimed, Failure::read);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, SHORT})
  void whatIsThereIsRead(int claimed) {
    assertThat(MessageLength.read(message(claimed), 1)).isEqualTo(claimed);
  }

  private static void assertRefused(int claimed, Function<ByteBuffer, Object> reader) {
    assertThatThrownBy(() -> reader.apply(message(claimed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read a ");
  }

  private static ByteBuffer message(int claimed) {
    return ByteBuffer.allocate(Integer.BYTES + SHORT).putInt(0, claimed);
  }
}
