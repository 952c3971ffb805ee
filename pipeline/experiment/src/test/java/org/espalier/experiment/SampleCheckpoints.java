package org.espalier.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.parts.WholeVector;
import org.espalier.engine.replica.FlatVector;
import org.espalier.results.Execution;
import org.espalier.results.Platform;
import org.espalier.results.RunHistory;
import org.espalier.results.RunPart;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;

/** Checkpoints of a run that nobody has done. */
final class SampleCheckpoints {
  private SampleCheckpoints() {}

  static Checkpoint at(long step) {
    return of(
        new TrainingState(
            step, FlatVector.of((float) step, 0.1f), MaskSet.of(Map.of("fc1/W", Mask.all(2)))));
  }

  static Checkpoint of(TrainingState state) {
    return new Checkpoint(
        new CheckpointHead(
            history(state.step()), List.of(round(0), round(1)), state.step(), state.masks()),
        state.vector());
  }

  /** Saves the one of a step. */
  static void save(long step, Checkpoints checkpoints) {
    checkpoints.save(at(step).head(), new WholeVector(at(step).vector()));
  }

  static RunHistory history(long step) {
    Platform platform = new Platform("Linux, \"a CPU\"", "17", "3.5.1", "1.0.0-M2.1");
    Execution first = new Execution(Instant.ofEpochMilli(1_700_000_000_123L), 12.5, "local[2]", 1);
    Execution second = new Execution(Instant.ofEpochMilli(1_700_000_900_000L), 3, "yarn", 8);
    return new RunHistory(
        "net-dense-0123abcd",
        "0123abcd".repeat(8),
        new TreeMap<>(Map.of("data", "cafe", "workers", "8")),
        List.of(
            new RunPart("0.1 (abc)", platform, first, 0, step / 2),
            new RunPart("0.2 (def)", platform, second, step / 2, step)));
  }

  private static RoundRow round(long index) {
    return new RoundRow(
        index,
        2 * index,
        2 * index + 2,
        40,
        Double.NaN,
        0.5,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        "é0",
        13,
        14,
        15,
        16,
        17,
        18);
  }
}
