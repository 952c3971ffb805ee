package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.espalier.averaging.exchange.Buffers;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.Request;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.exchange.RunState;
import org.espalier.averaging.shards.NewestEntries;
import org.espalier.engine.kernel.Pieces;

/** The state in this process of a run whose gradients are averaged. Thread-safe. */
public final class GradientRun implements RunState.Part {
  private final GradientShards gradients = new GradientShards();
  private final KeptStates kept = new KeptStates();
  private final GatheredParameters parameters = new GatheredParameters();
  private final Buffers buffers = new Buffers();
  private final NewestEntries travelling = new NewestEntries();
  private StretchEntries entries;
  private RollCall rollCall;
  private MergedGradients processGradients;
  private GroupRelay relay;

  private GradientRun() {}

  /**
   * The state of a run.
   *
   * @throws LostShards if the run was not admitted here, or is over
   */
  public static GradientRun of(Exchange here, long run) {
    return here.run(run).part(GradientRun.class, GradientRun::new);
  }

  GradientShards gradients() {
    return gradients;
  }

  /** The states of shards that are kept from stretch to stretch. */
  public KeptStates kept() {
    return kept;
  }

  GatheredParameters parameters() {
    return parameters;
  }

  Buffers buffers() {
    return buffers;
  }

  /** The entries that travel in a stretch. */
  synchronized StretchEntries entries(Stretch stretch) {
    if (entries == null || !entries.key().equals(stretch.key())) {
      entries = new StretchEntries(stretch, travelling.under(stretch.maskHash(), stretch::kept));
    }
    return entries;
  }

  /** The roll call of a stretch that begins. */
  synchronized void begin(RollCall next) {
    rollCall = next;
  }

  /**
   * The roll call of a stretch.
   *
   * @throws LostShards if another stretch is under way
   */
  synchronized RollCall rollCall(RoundKey key) {
    if (rollCall == null || !rollCall.key().equals(key)) {
      throw new LostShards(
          "Cannot take part in %s: it has not begun here, or is over".formatted(key));
    }
    return rollCall;
  }

  /** Ends a stretch for a reason; one that is over already is left alone. */
  void end(RoundKey key, RuntimeException reason) {
    gradients.end(key, reason);
    RollCall called;
    synchronized (this) {
      called = rollCall;
    }
    if (called != null && called.key().equals(key)) {
      called.end(reason);
    }
  }

  /** What the workers of this process hand in, in a stretch; the first of its tasks makes it. */
  synchronized MergedGradients processGradients(RoundKey key, Supplier<MergedGradients> making) {
    if (processGradients == null || !processGradients.key().equals(key)) {
      processGradients = making.get();
    }
    return processGradients;
  }

  /**
   * Relays for a group from now on, in a stretch.
   *
   * @param group the workers that it carries
   * @throws LostShards if another stretch is under way
   */
  void relay(RoundKey key, BitSet group, Exchange exchange) {
    Stretch stretch = gradients.underWay(key);
    synchronized (this) {
      if (relay == null || !relay.key().equals(key)) {
        relay = new GroupRelay(stretch, group, this, exchange);
      }
    }
  }

  private synchronized GroupRelay relay(RoundKey key) {
    if (relay == null || !relay.key().equals(key)) {
      throw new LostShards(
          "Cannot relay in %s: no group has asked this process for it".formatted(key));
    }
    return relay;
  }

  /**
   * Takes the mean gradient of some workers, as owner of the shard or for a group.
   *
   * @return completes when it was taken, be it further on
   */
  CompletableFuture<ByteBuffer> take(GradientHeader header, Pieces values) {
    if (gradients.owns(header.key(), header.shard())) {
      gradients.add(header, values);
      return Request.NOTHING;
    }
    return relay(header.key()).add(header, values);
  }

  /** The kept parameters of a shard after so many steps, as its owner or for a group. */
  CompletableFuture<ByteBuffer> parametersAt(RoundKey key, int shard, long step) {
    return gradients.owns(key, shard)
        ? gradients.parametersAt(key, shard, step)
        : relay(key).parametersAt(shard, step);
  }

  /**
   * What this process says of a stretch.
   *
   * @throws LostShards if another stretch is under way
   */
  OwnerReport report(RoundKey key) {
    StepTimes times = gradients.times(key);
    GroupRelay relaying;
    synchronized (this) {
      relaying = relay != null && relay.key().equals(key) ? relay : null;
    }
    return new OwnerReport(
        times.waitSeconds(),
        times.stepSeconds(),
        relaying == null ? 0 : relaying.bytesUp(),
        relaying == null ? 0 : relaying.bytesDown());
  }

  @Override
  public void end() {
    gradients.close();
  }
}
