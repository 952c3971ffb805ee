package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.MaskSet;

/**
 * A shard in the process that owns it: its parameters, what the optimiser remembers of them, and
 * the gradients of the step that is under way. When the last one is in, the thread that brought it
 * takes the optimiser's step and answers who waits for the new parameters. Thread-safe.
 */
final class GradientShard {
  private final int shard;
  private final int start;
  private final UpdatePlan plan;
  private final ShardOptimiser optimiser;
  private final MeanTree tree;
  private final GradientRun run;
  private float[] whole = new float[0];
  private final Answers answers = new Answers();
  private final List<CompletableFuture<ByteBuffer>> waiting = new ArrayList<>();
  private Stretch stretch;
  private StretchEntries entries;
  private long step;
  private ByteBuffer parameters;
  private float[] wholeGradient;
  private RuntimeException ended;
  private StepTimes times;
  private FirstDone firstDone;

  /** A shard of zeros; {@link #load} puts in what the stretch begins with. */
  GradientShard(Stretch stretch, int shard, GradientRun run) {
    ShardLayout layout = stretch.layout();
    this.run = run;
    this.shard = shard;
    this.plan = stretch.network().value().plan();
    this.start = layout.start(shard);
    this.optimiser = new ShardOptimiser(plan, start, layout.size(shard));
    this.tree =
        new MeanTree(stretch.workers(), range -> true, stretch.moments(shard), run.buffers());
    this.step = stretch.firstStep();
  }

  /** Takes parameters and state from a whole vector. */
  void load(FloatBuffer vector) {
    synchronized (optimiser) {
      optimiser.load(vector);
    }
  }

  /** Takes those of some of the parameters from what was kept. */
  void load(int from, int count, ByteBuffer kept) {
    synchronized (optimiser) {
      optimiser.load(plan, from, count, FlatVector.floats(kept));
    }
  }

  /** First parameter. */
  int start() {
    return start;
  }

  /** Parameter after the last. */
  int end() {
    return start + optimiser.length();
  }

  /**
   * Begins a stretch where the last one ended.
   *
   * @throws LostShards if the shard is at another step
   */
  synchronized void begin(Stretch next, StretchEntries travelling) {
    if (step != next.firstStep()) {
      throw new LostShards(
          "Cannot begin %s at step %d: shard %d is at step %d"
              .formatted(next.key(), next.firstStep(), shard, step));
    }
    stretch = next;
    entries = travelling;
    parameters = null;
    wholeGradient = null;
    ended = null;
    times = StepTimes.NONE;
    firstDone = new FirstDone();
    ShardedNetwork network = next.network().value();
    MaskSet masks = next.masks().value().masks();
    if (next.before() != null) {
      optimiser.clearRegrown(network.tensors(), next.before().value().masks(), masks);
    }
    if (network.vector().masked() == VectorLayout.MaskedEntries.AGREE) {
      optimiser.mask(network.tensors(), masks);
    }
    begin();
  }

  private void begin() {
    tree.begin(entries.up(shard, step), entries.most(step));
  }

  /**
   * Adds the mean gradient of some workers.
   *
   * @throws LostShards if it is of another step
   */
  void add(GradientHeader header, Pieces handedIn) {
    synchronized (this) {
      requireGoingOn();
      requireStep(header.step() == step, header.step());
    }
    firstDone.heard(header.step(), header.firstDone());
    tree.add(header.workers(), header.weight(), handedIn).ifPresent(mean -> finish(mean, header));
  }

  /** Takes the step; nobody else comes before it is done. */
  private void finish(PartialMean mean, GradientHeader header) {
    if (mean.weight() == 0) {
      throw new IllegalStateException("Cannot average: no worker trained on any example");
    }
    long complete = System.nanoTime();
    long waited = Math.max(0, firstDone.ago(header.step()));
    Phase.OPTIMISER.begins(header.step());
    boolean whole = stretch.wholeGradient() && header.step() == stretch.end() - 1;
    ByteBuffer answer;
    float[] averaged;
    synchronized (optimiser) {
      FloatBuffer handedIn = mean.values(entries.up(shard, header.step()).set());
      averaged = whole ? copy(handedIn) : null;
      boolean stepped = handedIn.remaining() == optimiser.kept();
      optimiser.step(stepped ? handedIn : keptOf(averaged), header.step());
      answer = kept();
    }
    run.buffers().recycle(mean.message());
    List<CompletableFuture<ByteBuffer>> answered;
    synchronized (this) {
      wholeGradient = averaged;
      parameters = answer;
      times = times.plus(waited, System.nanoTime() - complete);
      step++;
      if (step < stretch.end()) {
        begin();
      }
      answered = List.copyOf(waiting);
      waiting.clear();
    }
    answered.forEach(each -> each.complete(answer.duplicate()));
  }

  /** Of values of all parameters those that no mask leaves out. */
  private FloatBuffer keptOf(float[] all) {
    float[] kept = new float[optimiser.kept()];
    entries.down(shard).gather(all, FloatBuffer.wrap(kept));
    return FloatBuffer.wrap(kept);
  }

  private static float[] copy(FloatBuffer values) {
    float[] copy = new float[values.remaining()];
    values.get(values.position(), copy);
    return copy;
  }

  /** The kept parameters after so many steps, when these are done. */
  synchronized CompletableFuture<ByteBuffer> parametersAt(long wanted) {
    requireGoingOn();
    if (wanted == step) {
      return CompletableFuture.completedFuture(parameters().duplicate());
    }
    requireStep(wanted == step + 1, wanted);
    CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
    waiting.add(answer);
    return answer;
  }

  private void requireStep(boolean possible, long asked) {
    if (!possible) {
      throw new LostShards(
          "Cannot take part in step %d of %s: shard %d is at step %d"
              .formatted(asked, stretch.key(), shard, step));
    }
  }

  private void requireGoingOn() {
    if (ended != null) {
      throw ended;
    }
  }

  private ByteBuffer parameters() {
    if (parameters == null) {
      synchronized (optimiser) {
        parameters = kept();
      }
    }
    return parameters;
  }

  /** Room for all parameters, where masked ones are stepped too and do not travel. */
  private FloatBuffer whole() {
    if (whole.length == 0) {
      whole = new float[optimiser.length()];
    }
    return FloatBuffer.wrap(whole);
  }

  /** The parameters that no mask leaves out. */
  private ByteBuffer kept() {
    ShardBits down = entries.down(shard);
    ByteBuffer answer = answers.next(down.set() * Float.BYTES);
    FloatBuffer kept = FlatVector.floats(answer.duplicate());
    if (down.set() == optimiser.kept()) {
      optimiser.kept(kept);
    } else {
      optimiser.kept(whole());
      down.gather(whole, kept);
    }
    return answer;
  }

  /** What the steps of the stretch took until now. */
  synchronized StepTimes times() {
    return times;
  }

  /** Has this process keep the state as it is now. */
  ShardState keep() {
    ShardState state;
    synchronized (optimiser) {
      ByteBuffer memory = run.kept().memory(ShardState.bytes(optimiser));
      state = ShardState.of(stepNow(), start, optimiser, memory);
    }
    run.kept().keep(state);
    return state;
  }

  private synchronized long stepNow() {
    return step;
  }

  /** All parameters, masked ones included. */
  ByteBuffer allParameters() {
    Phase.MASK_UPDATE.begins(stepNow());
    ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(optimiser.length(), Float.BYTES));
    synchronized (optimiser) {
      optimiser.parameters(FlatVector.floats(all.duplicate()));
    }
    return all;
  }

  /** The averaged gradient of the stretch's last step, that of masked weights included. */
  synchronized ByteBuffer wholeGradient() {
    Phase.MASK_UPDATE.begins(step);
    if (wholeGradient == null) {
      throw new LostShards(
          "Cannot give the averaged gradient of shard %d: it was not asked for, or the step is not done"
              .formatted(shard));
    }
    ByteBuffer gradient = ByteBuffer.allocate(wholeGradient.length * Float.BYTES);
    FlatVector.floats(gradient.duplicate()).put(wholeGradient);
    return gradient;
  }

  /** Ends the stretch: who waits, and who comes, hears the reason. */
  void end(RuntimeException reason) {
    List<CompletableFuture<ByteBuffer>> answered;
    synchronized (this) {
      ended = reason;
      answered = List.copyOf(waiting);
      waiting.clear();
    }
    answered.forEach(each -> each.completeExceptionally(reason));
  }

  /** Ends what is under way and frees the memory. */
  void close() {
    end(new LostShards("Cannot take part: the shards of the run were given up"));
    synchronized (optimiser) {
      optimiser.close();
    }
  }
}
