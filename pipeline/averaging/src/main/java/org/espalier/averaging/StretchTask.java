package org.espalier.averaging;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.gradients.Phase;
import org.espalier.averaging.gradients.Stretch;
import org.espalier.averaging.gradients.StretchExchange;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.ReplicaPool;
import org.espalier.engine.replica.StepReport;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * The part of a stretch that one task carries, on an executor. In every step: gather the
 * parameters, compute the gradient of each of its workers, hand it in. All workers of the task
 * share a replica, because between steps they are equal.
 *
 * <p>The tasks of a stretch run at the same time. One that fails ends the stretch for all, and is
 * not tried again by itself.
 */
final class StretchTask extends AbstractFunction2<TaskContext, Iterator<Worker>, WorkerReport[]>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Stretch stretch;
  private final Broadcast<RunSpec> run;
  private final ComputingProcess trusted;

  StretchTask(Stretch stretch, Broadcast<RunSpec> run, ComputingProcess trusted) {
    this.stretch = stretch;
    this.run = run;
    this.trusted = trusted;
  }

  @Override
  public WorkerReport[] apply(TaskContext context, Iterator<Worker> carried) {
    if (!carried.hasNext()) {
      return new WorkerReport[0];
    }
    if (context.attemptNumber() > 0) {
      throw LostShards.ofEnded(stretch.key());
    }
    try {
      ExecutorArithmetic.requireSameAs(trusted);
      RunSpec spec = run.value();
      return ReplicaPool.lend(
          spec.name(), spec.recipe(), replica -> reports(carried, replica, context.partitionId()));
    } catch (RuntimeException | Error e) {
      StretchExchange.end(stretch, e);
      throw e;
    }
  }

  private static List<StretchWorker> workers(Iterator<Worker> carried) {
    List<StretchWorker> workers = new ArrayList<>();
    while (carried.hasNext()) {
      workers.add(new StretchWorker(carried.next()));
    }
    return workers;
  }

  private WorkerReport[] reports(Iterator<Worker> carried, Replica replica, int task) {
    String executor = SparkEnv.get().executorId();
    List<StretchWorker> workers = workers(carried);
    try {
      int first = workers.get(0).number();
      hold(replica, first, executor);
      StretchExchange exchange = new StretchExchange(stretch, first, workers.size());
      for (long step = stretch.firstStep(); step < stretch.end(); step++) {
        step(replica, workers, exchange, step);
      }
      long start = System.nanoTime();
      exchange.drain();
      StretchWorker last = workers.get(workers.size() - 1);
      last.sent(start, 0);
      last.fetched(exchange.takeBytesDown());
      WorkerReport[] reports =
          workers.stream()
              .map(worker -> worker.report(executor, task))
              .toArray(WorkerReport[]::new);
      for (WorkerReport report : reports) {
        RunMetrics.OF_EXECUTOR.note(run.value().name(), report);
      }
      return reports;
    } finally {
      workers.forEach(StretchWorker::close);
    }
  }

  private void hold(Replica replica, int worker, String executor) {
    long proof = replica.maskHash();
    if (proof != stretch.maskHash()) {
      replica.hold(stretch.masks().value().masks());
      proof = replica.maskHash();
    }
    MaskMismatch.check(worker, executor, stretch.maskHash(), proof);
  }

  /** Methods ask for the gradient of masked weights at the end of a stretch alone. */
  private Replica.Differentiated wanted(long step) {
    return stretch.wholeGradient() && step == stretch.end() - 1
        ? Replica.Differentiated.ALL
        : Replica.Differentiated.KEPT;
  }

  private void step(
      Replica replica, List<StretchWorker> workers, StretchExchange exchange, long step) {
    long start = System.nanoTime();
    FloatBuffer parameters = exchange.parameters(step);
    replica.writeKept(parameters.duplicate());
    workers.get(0).gathered(start);
    StretchWorker last = workers.get(workers.size() - 1);
    for (StretchWorker worker : workers) {
      Phase.COMPUTE.begins(step);
      replica.drawAs(run.value().seed(), worker.number());
      StepReport report = worker.differentiate(replica, step, wanted(step));
      if (worker == last) {
        exchange.computed(step);
      }
      long computed = System.nanoTime();
      Phase.REDUCE.begins(step);
      long bytes = exchange.send(worker.number(), report.weight(), replica, step);
      worker.sent(computed, bytes);
    }
  }
}
