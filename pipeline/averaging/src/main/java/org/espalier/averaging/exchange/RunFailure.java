package org.espalier.averaging.exchange;

/** Thrown where a run, or a try at one of its rounds, cannot go on. */
public class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;

  /** Thrown for this failure, whose sentence is the message. */
  public RunFailure(Failure failure, Throwable cause) {
    super(failure.sentence(), cause);
    this.failure = failure;
  }

  /** What happened, and whether another try can succeed. */
  public Failure failure() {
    return failure;
  }
}
