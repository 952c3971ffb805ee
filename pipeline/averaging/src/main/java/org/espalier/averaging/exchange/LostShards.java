package org.espalier.averaging.exchange;

/**
 * Thrown where shards cannot be handed on or fetched because the process that they belong to is
 * gone, or never had them. The round can be run again from its beginning, with the same outcome.
 */
public final class LostShards extends RunFailure {
  private static final long serialVersionUID = 1L;
  private static final String NOBODY = "";

  LostShards(Failure failure, Throwable cause) {
    super(failure, cause);
  }

  /** Of something that is not where it was asked for. */
  public LostShards(String message, Throwable cause) {
    this(new Failure(Failure.Kind.NOT_HERE, NOBODY, message), cause);
  }

  /** Of something that is not where it was asked for. */
  public LostShards(String message) {
    this(message, null);
  }

  /** Of a process that cannot be reached. */
  static LostShards gone(ExecutorAddress address, Throwable cause) {
    String sentence =
        "cannot exchange shards with executor %s at %s:%d: %s"
            .formatted(address.executor(), address.host(), address.port(), cause.getMessage());
    return new LostShards(new Failure(Failure.Kind.GONE, address.executor(), sentence), cause);
  }

  /** Of a message that is not listened to. */
  static LostShards refused(String sentence) {
    return new LostShards(new Failure(Failure.Kind.REFUSED, NOBODY, sentence), null);
  }

  /** Of a task that Spark starts again in a stretch whose other tasks have gone on or ended. */
  public static LostShards ofEnded(RoundKey stretch) {
    return new LostShards("Cannot take part in %s again: it was ended".formatted(stretch));
  }
}
