package org.espalier.averaging;

import java.nio.FloatBuffer;
import org.espalier.engine.decoding.NextTokens;
import org.espalier.engine.decoding.TokenScorer;
import org.espalier.engine.replica.Observer;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.StepReport;
import org.espalier.engine.replica.WorkerBatches;
import org.espalier.sparsity.MaskSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A replica that does what another does, but for what a test overrides. */
abstract class DelegatingReplica implements Replica {
  private final Replica honest;

  DelegatingReplica(Replica honest) {
    this.honest = honest;
  }

  @Override
  public int parameters() {
    return honest.parameters();
  }

  @Override
  public int length() {
    return honest.length();
  }

  @Override
  public void load(FloatBuffer vector, long step) {
    honest.load(vector, step);
  }

  @Override
  public void hold(MaskSet masks) {
    honest.hold(masks);
  }

  @Override
  public long maskHash() {
    return honest.maskHash();
  }

  @Override
  public void drawAs(long seed, int worker) {
    honest.drawAs(seed, worker);
  }

  @Override
  public StepReport run(WorkerBatches batches, long firstStep, int steps) {
    return honest.run(batches, firstStep, steps);
  }

  @Override
  public StepReport differentiate(WorkerBatches batches, long step, Differentiated wanted) {
    return honest.differentiate(batches, step, wanted);
  }

  @Override
  public void readKeptGradient(int from, float[] target, int count) {
    honest.readKeptGradient(from, target, count);
  }

  @Override
  public void writeKept(FloatBuffer source) {
    honest.writeKept(source);
  }

  @Override
  public void readGradient(int from, float[] target, int count) {
    honest.readGradient(from, target, count);
  }

  @Override
  public void write(int from, FloatBuffer source) {
    honest.write(from, source);
  }

  @Override
  public <T> T evaluate(MultiDataSet batch, Observer<T> observer) {
    return honest.evaluate(batch, observer);
  }

  @Override
  public NextTokens nextTokens(TokenScorer scorer) {
    return honest.nextTokens(scorer);
  }

  @Override
  public void read(int from, FloatBuffer target) {
    honest.read(from, target);
  }

  @Override
  public void close() {
    honest.close();
  }
}
