package org.espalier.averaging.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.espalier.base.Reason;

/**
 * The answer of a process that was asked to do something to a file.
 *
 * @param outcome whether it did
 * @param text what it has to say: of what it did, or why it could not
 */
public record FileAnswer(Outcome outcome, String text) {
  /** Whether something was done. */
  public enum Outcome {
    DONE,
    FAILED
  }

  /** Work on a file. */
  @FunctionalInterface
  public interface Work {
    String done() throws IOException;
  }

  /**
   * The answer to work.
   *
   * @throws LostShards if what it needs is not here, but may be somewhere else
   */
  public static FileAnswer to(Work work) {
    try {
      return new FileAnswer(Outcome.DONE, work.done());
    } catch (LostShards e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return new FileAnswer(Outcome.FAILED, Reason.of(e));
    }
  }

  /** This as a message. */
  public ByteBuffer bytes() {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + utf8.length)
        .put((byte) (outcome == Outcome.DONE ? 1 : 0))
        .put(utf8)
        .flip();
  }

  /** The opposite of {@link #bytes}. */
  public static FileAnswer read(ByteBuffer in) {
    Outcome outcome = in.get() == 1 ? Outcome.DONE : Outcome.FAILED;
    return new FileAnswer(outcome, StandardCharsets.UTF_8.decode(in).toString());
  }

  /**
   * What it says of what it did.
   *
   * @throws IOException with the reason if it could not do it
   */
  public String ofDone(ExecutorAddress by) throws IOException {
    if (outcome == Outcome.FAILED) {
      throw new IOException("executor %s: %s".formatted(by.executor(), text));
    }
    return text;
  }
}
