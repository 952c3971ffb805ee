package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProtocolsTest {
  /** Answers with what it was told. */
  private record Echo(byte code) implements Request {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      return Request.now(details);
    }
  }

  @Test
  void aMessageGoesToTheKindOfItsCode() {
    Echo echo = new Echo((byte) 77);
    Protocols protocols = Protocols.of(List.of(() -> List.of(echo)));
    ByteBuffer message = echo.of(new RoundKey(5, 3, 0), 8);
    ByteBuffer answer = protocols.serve(message, null).join();
    assertThat(RoundKey.read(answer)).isEqualTo(new RoundKey(5, 3, 0));
    assertThat(answer.getInt()).isEqualTo(8);
  }

  @Test
  void twoKindsOfOneCodeAreFoundBeforeAnythingIsSent() {
    Protocol first = () -> List.of(new Echo((byte) 77));
    Protocol second = () -> List.of(new Echo((byte) 77));
    assertThatThrownBy(() -> Protocols.of(List.of(first, second)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot tell messages apart: Echo[code=77] and Echo[code=77] have the code 77");
  }
}
