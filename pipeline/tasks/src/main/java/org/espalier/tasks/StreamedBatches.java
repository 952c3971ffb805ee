package org.espalier.tasks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.espalier.datasets.batch.BatchReader;
import org.espalier.datasets.stream.BatchDecoder;
import org.espalier.datasets.stream.BatchLease;
import org.espalier.datasets.stream.BatchStream;
import org.espalier.datasets.stream.ReadAhead;
import org.espalier.datasets.stream.StreamKey;
import org.espalier.datasets.stream.Streams;
import org.espalier.engine.replica.WorkerBatches;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The batches of a stream that this process keeps beyond this object: it leases one batch at a
 * time, and closing it gives that back and leaves the stream open.
 *
 * @param <B> the arrays of one batch
 */
public final class StreamedBatches<B extends Minibatch> implements WorkerBatches {
  private final StreamKey key;
  private final Streams.Opener<B> opener;
  private BatchLease<B> lease;

  /**
   * The batches of the stream that the key names.
   *
   * @param reader reads it, if it is not open yet in this process
   */
  public StreamedBatches(StreamKey key, Supplier<BatchReader> reader, BatchDecoder<B> decoder) {
    this.key = key;
    this.opener = () -> new BatchStream<>(reader.get(), decoder, ReadAhead.ofProcess());
  }

  @Override
  public boolean has(long step) {
    return ask(stream -> stream.has(step));
  }

  @Override
  public MultiDataSet at(long step) {
    close();
    lease = ask(stream -> stream.at(step));
    return lease.batch().arrays();
  }

  @Override
  public void close() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }

  private <T> T ask(Streams.Question<B, T> question) {
    try {
      return Streams.ofProcess().ask(key, opener, question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
