package org.espalier.datasets.stream;

import java.lang.ref.Cleaner;

/**
 * A decoded batch for the sole use of whoever asked for it, until closed: then its buffer goes back
 * to the stream. A lease that is forgotten goes back when the garbage collector finds it.
 *
 * @param <B> the buffer of one batch
 */
public final class BatchLease<B> implements AutoCloseable {
  private static final Cleaner FORGOTTEN = Cleaner.create();

  private final B batch;
  private final Cleaner.Cleanable giveBack;

  /** Leases a buffer that {@code giveBack}, which must not refer to this lease, takes back once. */
  BatchLease(B batch, Runnable giveBack) {
    this.batch = batch;
    this.giveBack = FORGOTTEN.register(this, giveBack);
  }

  /** The batch, valid until this is closed. */
  public B batch() {
    return batch;
  }

  @Override
  public void close() {
    giveBack.clean();
  }
}
