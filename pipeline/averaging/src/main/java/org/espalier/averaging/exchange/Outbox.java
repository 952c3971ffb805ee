package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;

/**
 * Hands the vectors of one task's workers on, slice by slice, while the next worker already trains.
 * At most {@value #UNDER_WAY} slices are under way at a time. Used by one thread.
 */
public final class Outbox {
  private static final int UNDER_WAY = 8;

  /** Room for what is not values, the lead's bits aside. */
  private static final int HEADINGS = 1 << 12;

  private record Message(ByteBuffer buffer, CompletableFuture<Void> landed) {}

  private final Exchange exchange = Exchange.ofProcess();
  private final RoundCut cut;
  private final RunHere run;
  private final Deque<Message> underWay = new ArrayDeque<>();
  private final float[] values;
  private final List<SliceBits> bits;

  /** An outbox for a round that is cut like this. */
  public Outbox(RoundCut cut) {
    this.cut = cut;
    this.run = exchange.run(cut.key().run());
    this.values = new float[cut.layout().longest()];
    this.bits = IntStream.range(0, cut.layout().slices()).mapToObj(cut::bits).toList();
  }

  /**
   * Hands in what a worker's replica holds.
   *
   * @param examples that the worker trained on
   * @param before the vector that the round began with
   * @return bytes handed on
   * @throws LostSlices if a landing cannot be reached
   */
  public long send(int worker, long examples, Replica replica, FloatBuffer before) {
    long bytes = 0;
    for (int slice = 0; slice < cut.layout().slices(); slice++) {
      if (underWay.size() == UNDER_WAY) {
        await();
      }
      ByteBuffer message = message(worker, examples, replica, before, slice);
      bytes += message.remaining();
      underWay.add(new Message(message, exchange.ask(cut.landing(slice), message, empty -> {})));
    }
    return bytes;
  }

  /**
   * Waits until everything has landed.
   *
   * @throws LostSlices if something could not
   */
  public void drain() {
    while (!underWay.isEmpty()) {
      await();
    }
  }

  private void await() {
    Message message = underWay.remove();
    try {
      message.landed().join();
      run.recycle(message.buffer());
    } catch (CompletionException e) {
      throw e.getCause() instanceof LostSlices lost ? lost : e;
    }
  }

  private ByteBuffer message(
      int worker, long examples, Replica replica, FloatBuffer before, int slice) {
    SliceLayout layout = cut.layout();
    int start = layout.start(slice);
    int size = layout.size(slice);
    SliceBits bits = this.bits.get(slice);
    if (!bits.all()) {
      replica.read(start, FloatBuffer.wrap(values, 0, size));
    }
    Optional<Lead> lead =
        worker == 0 ? Optional.of(lead(slice, bits, before.slice(start, size))) : Optional.empty();
    ByteBuffer message = run.buffer(room(layout.longest()));
    Request.add(
        new Heading(cut.key(), slice, size, cut.workers(), worker, examples, lead), message);
    if (examples > 0) {
      FloatBuffer travelling = FlatVector.floats(message.slice()).limit(bits.set());
      message.position(message.position() + bits.set() * Float.BYTES);
      if (bits.all()) {
        replica.read(start, travelling);
      } else {
        bits.gather(values, travelling);
      }
    }
    return message.flip();
  }

  private int room(int size) {
    int moments = cut.vector().moments().size() * Lead.MOMENTS;
    return HEADINGS + moments + size / Byte.SIZE + size * Float.BYTES;
  }

  private Lead lead(int slice, SliceBits bits, FloatBuffer before) {
    boolean sent = cut.source() == RoundCut.Source.DRIVER;
    if (bits.all() || (!sent && bits.sameOthers(values, before))) {
      return new Lead(bits, cut.moments(slice), Optional.empty());
    }
    FloatBuffer changed = FloatBuffer.allocate(bits.size() - bits.set());
    bits.gatherOthers(values, changed);
    return new Lead(bits, cut.moments(slice), Optional.of(changed.flip()));
  }
}
