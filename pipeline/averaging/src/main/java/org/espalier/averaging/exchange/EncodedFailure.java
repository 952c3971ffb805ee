package org.espalier.averaging.exchange;

/**
 * A failure on its way through Spark's network library, which sends what a handler throws as the
 * text of its stack trace: this class's name, the encoded failure, and no trace.
 */
final class EncodedFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String MARK = EncodedFailure.class.getName() + ": ";

  EncodedFailure(Failure failure) {
    super(failure.encoded(), null, false, false);
  }

  /** What the sender of a message is to be told; what Spark itself has thrown stays as it is. */
  static Throwable decoded(Throwable received) {
    String text = String.valueOf(received.getMessage());
    return text.startsWith(MARK)
        ? Failure.decoded(text.substring(MARK.length()).strip()).exception()
        : received;
  }
}
