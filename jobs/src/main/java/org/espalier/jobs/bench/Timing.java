package org.espalier.jobs.bench;

import java.util.Arrays;
import java.util.Locale;
import org.espalier.dl4jspark.bench.Medians;

/** The median time of a number of steps, in seconds. */
record Timing(double median) {
  static Timing of(KernelWorkload.Step step, int steps) {
    double[] seconds = new double[steps];
    step.run();
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      step.run();
      seconds[i] = (System.nanoTime() - start) * 1e-9;
    }
    return new Timing(Medians.of(Arrays.stream(seconds)));
  }

  String line(KernelWorkload.Step step) {
    return String.format(
        Locale.ROOT, "%s %.4f s/step %.2f items/s", step.name(), median, step.items() / median);
  }
}
