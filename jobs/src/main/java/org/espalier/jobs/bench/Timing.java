package org.espalier.jobs.bench;

import java.util.Arrays;
import java.util.Locale;

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
    Arrays.sort(seconds);
    double upper = seconds[steps / 2];
    return new Timing(steps % 2 == 1 ? upper : (upper + seconds[steps / 2 - 1]) / 2);
  }

  String line(KernelWorkload.Step step) {
    return String.format(
        Locale.ROOT, "%s %.4f s/step %.2f items/s", step.name(), median, step.items() / median);
  }
}
