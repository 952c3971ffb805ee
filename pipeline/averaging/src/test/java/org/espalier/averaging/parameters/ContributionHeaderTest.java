package org.espalier.averaging.parameters;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.espalier.averaging.exchange.RoundKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContributionHeaderTest {
  private static final int REST = 64;

  /** No memory is taken for what a message only claims to hold. */
  @ParameterizedTest
  @ValueSource(ints = {-1, REST + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aSizeThatCannotBeIsRefused(int size) {
    ByteBuffer message = ByteBuffer.allocate(RoundKey.BYTES + REST);
    new RoundKey(1, 2, 3).write(message);
    int claimed = size > REST ? Integer.MAX_VALUE : size;
    message.putInt(0).putInt(claimed).rewind();
    assertThatThrownBy(() -> ContributionHeader.read(message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read a ");
  }
}
