package org.espalier.averaging.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.FileAnswer;
import org.espalier.averaging.gradients.ShardOwners;
import org.espalier.averaging.gradients.StateSource;
import org.espalier.averaging.gradients.Stretch;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.base.Reason;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vector at the end of a stretch as its owners, and their neighbours, keep it: they hold it
 * fast until this is closed. An owner that shares the folder with the driver writes its shards
 * itself; the shards of any other, and of one that is lost meanwhile, the driver fetches and writes
 * one at a time, from the neighbour's copy where it has to.
 */
public final class HeldShards implements HeldVector {
  private static final Logger LOG = LoggerFactory.getLogger(HeldShards.class);

  private final Stretch stretch;
  private final JavaSparkContext spark;
  private final FolderProbe probe;
  private final int length;
  private final SentRegrowth regrowth;

  private HeldShards(
      Stretch stretch, JavaSparkContext spark, FolderProbe probe, SentRegrowth regrowth) {
    this.stretch = stretch;
    this.spark = spark;
    this.probe = probe;
    this.length = stretch.network().value().vector().length();
    this.regrowth = regrowth;
  }

  /** The vector at the end of a stretch whose states are kept. */
  public static HeldShards of(Stretch stretch, JavaSparkContext spark, FolderProbe probe) {
    return pinned(new HeldShards(stretch, spark, probe, null));
  }

  /** The vector after a mask update that has brought weights back to zero. */
  public static HeldShards regrown(
      Stretch stretch, MaskSet before, MaskSet after, JavaSparkContext spark, FolderProbe probe) {
    SentRegrowth regrowth = SentRegrowth.of(before, after, spark);
    return pinned(new HeldShards(stretch, spark, probe, regrowth));
  }

  private static HeldShards pinned(HeldShards shards) {
    shards.tellOwners(CheckpointRequest.pin(shards.run(), shards.stretch.end()));
    return shards;
  }

  /** One that is lost has a neighbour, who is told as well. */
  private void tellOwners(ByteBuffer message) {
    awaitAll(
        stretch.owners().stream()
            .map(owner -> Exchange.ofProcess().ask(owner, message.duplicate(), nothing -> {}))
            .toList());
  }

  private static void awaitAll(Collection<? extends CompletableFuture<?>> asked) {
    CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .exceptionally(lost -> null)
        .join();
  }

  private long run() {
    return stretch.key().run();
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public List<VectorPart> write(PartsFolder folder) throws IOException {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(folder.hadoop()));
    try {
      SentFolder sent = new SentFolder(folder.path().toString(), hadoop);
      List<StateSource> sources = ShardOwners.kept(stretch).sources();
      Set<ExecutorAddress> writers = new HashSet<>();
      for (ExecutorAddress owner : stretch.owners()) {
        if (probe.isSharedWith(owner, run(), folder, sent)) {
          writers.add(owner);
        }
      }
      Map<StateSource, CompletableFuture<FileAnswer>> asked = new HashMap<>();
      sources.stream()
          .filter(source -> writers.contains(source.owner()))
          .forEach(source -> asked.put(source, asked(source, sent)));
      awaitAll(asked.values()); // Nobody writes any more when a failure is told.
      List<VectorPart> parts = new ArrayList<>();
      for (StateSource source : sources) {
        parts.add(part(source, asked.get(source), folder));
      }
      return parts;
    } finally {
      hadoop.destroy();
    }
  }

  private CompletableFuture<FileAnswer> asked(StateSource source, SentFolder folder) {
    Exchange exchange = Exchange.ofProcess();
    StateFile file =
        new StateFile(
            stretch.end(), source.start(), source.length(), stretch.network(), regrowth, folder);
    return exchange.askFor(
        source.owner(),
        CheckpointRequest.write(run(), exchange.serialised(file)),
        FileAnswer::read);
  }

  /**
   * @param asked of the owner, if it was asked; done
   */
  private VectorPart part(
      StateSource source, CompletableFuture<FileAnswer> asked, PartsFolder folder)
      throws IOException {
    if (asked != null && !asked.isCompletedExceptionally()) {
      String[] written = asked.join().ofDone(source.owner()).split(" ", 2);
      return new VectorPart(
          written[1], ShardOptimiser.ranges(plan(), source.start(), source.length()), written[0]);
    }
    if (asked != null) {
      LOG.info(
          "executor {} could not write its shard of a checkpoint; it is fetched from who keeps it",
          source.owner().executor());
    }
    return fetched(source, folder);
  }

  /** What an owner answers of a part that it has written. */
  static String answer(VectorPart written) {
    return written.sha256() + " " + written.file();
  }

  private VectorPart fetched(StateSource source, PartsFolder folder) throws IOException {
    var ranges = ShardOptimiser.ranges(plan(), source.start(), source.length());
    int values = ranges.stream().mapToInt(ShardOptimiser.Range::length).sum();
    byte[] state = new byte[Math.multiplyExact(values, Float.BYTES)];
    try {
      source
          .ask(
              Exchange.ofProcess(),
              run(),
              stretch.end(),
              source.start(),
              source.length(),
              kept -> kept.get(state))
          .join();
    } catch (CompletionException e) {
      throw new IOException(
          "the executors %s and %s, which kept the state of parameters %d and on, do not give it: %s"
              .formatted(
                  source.owner().executor(),
                  source.neighbour().executor(),
                  source.start(),
                  Reason.of(e.getCause() == null ? e : e.getCause())),
          e);
    }
    if (regrowth != null) {
      regrowth
          .in(stretch.network().value())
          .clear(source.start(), source.length(), FlatVector.floats(ByteBuffer.wrap(state)));
    }
    return folder.write(ranges, ByteBuffer.wrap(state));
  }

  private UpdatePlan plan() {
    return stretch.network().value().plan();
  }

  @Override
  public void close() {
    tellOwners(CheckpointRequest.unpin(run(), stretch.end()));
    if (regrowth != null) {
      regrowth.destroy();
    }
  }
}
