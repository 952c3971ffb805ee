package org.espalier.base;

/**
 * A request that Espalier turns down before it starts any work: the input, the configuration or the
 * output is not what it has to be.
 *
 * <p>The message is one sentence for a person: what cannot be done, why, the value that is at
 * fault, and what to do instead. The command line prints it without a stack trace and exits with 3.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal whose message is the whole explanation. */
  public Refusal(String sentence) {
    super(sentence);
  }

  /** A refusal that follows from a failure, kept for {@code --verbose}. */
  public Refusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
