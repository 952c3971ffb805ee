package org.espalier.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.base.Mix64;

/** Made-up operating points of a plausible shape; the numbers are invented, not measured. */
public final class SamplePoints {
  public static final String LENET_300_100 = "lenet-300-100";
  public static final String LENET_5 = "lenet-5-caffe";
  public static final Metric BLEU = new Metric("bleu", Metric.POINTS, Direction.HIGHER);
  public static final Metric CHRF = new Metric("chrf", Metric.POINTS, Direction.HIGHER);
  private static final double[] TARGETS = {0.5, 0.8, 0.9, 0.95, 0.98};
  private static final double[] THRESHOLDS = {0, 1, 2, 3, 4, 5};

  private SamplePoints() {}

  /** A finished run of LeNet-300-100 on digits. */
  public static OperatingPoint finished(String method, double target, long seed, double accuracy) {
    return point(
        LENET_300_100,
        sparsification(method, target),
        seed,
        classified(accuracy, 1 - accuracy, size(LENET_300_100, target)));
  }

  /** A run of LeNet-300-100 on digits whose loss became NaN. */
  public static OperatingPoint diverged(String method, double target, long seed, long step) {
    return point(
        LENET_300_100,
        sparsification(method, target),
        seed,
        Measurement.diverged(step, Metric.ACCURACY, size(LENET_300_100, target)));
  }

  /** Two networks, four methods, three seeds, one divergence. */
  public static List<OperatingPoint> study() {
    List<OperatingPoint> points = new ArrayList<>();
    for (String network : List.of(LENET_300_100, LENET_5)) {
      double best = network.equals(LENET_5) ? 0.9921 : 0.9838;
      for (long seed = 1; seed <= 3; seed++) {
        points.add(measured(network, "dense", 0, seed, best));
        for (double target : TARGETS) {
          double left = 1 - target;
          points.add(
              measured(network, "magnitude", target, seed, best - 2.5e-4 / Math.pow(left, 0.95)));
          points.add(
              measured(network, "random", target, seed, best - 1.4e-3 / Math.pow(left, 1.05)));
        }
        points.addAll(variational(network, seed, best));
      }
    }
    points.add(diverged("magnitude", 0.99, 1, 1200));
    return points;
  }

  private static List<OperatingPoint> variational(String network, long seed, double best) {
    List<OperatingPoint> points = new ArrayList<>();
    for (double threshold : THRESHOLDS) {
      double sparsity = 0.9905 - 0.0035 * threshold * threshold / 3;
      points.add(
          point(
              network,
              new Sparsification(
                  "variational-dropout",
                  OptionalDouble.empty(),
                  OptionalDouble.of(threshold),
                  "none"),
              seed,
              classified(
                  best - 8e-5 / (1 - sparsity) + noise("vd", threshold, seed),
                  0.07,
                  uneven(network, sparsity))));
    }
    return points;
  }

  private static OperatingPoint measured(
      String network, String method, double target, long seed, double accuracy) {
    double measured = accuracy + noise(method, target, seed) * (1 + 4 * target);
    return point(
        network,
        sparsification(method, target),
        seed,
        classified(measured, 0.06, size(network, target)));
  }

  private static Sparsification sparsification(String method, double target) {
    return new Sparsification(
        method,
        method.equals(Sparsification.DENSE) ? OptionalDouble.empty() : OptionalDouble.of(target),
        OptionalDouble.empty(),
        "none");
  }

  private static double noise(String method, double target, long seed) {
    long key = Mix64.key(seed, Mix64.of(method), Double.doubleToLongBits(target));
    return 8e-4 * (Mix64.unit(key, 0) - 0.5);
  }

  /** A point with everything around it filled in. */
  public static OperatingPoint point(
      String network, Sparsification how, long seed, Measurement measurement) {
    String name =
        network
            + "-"
            + how.method()
            + how.target().stream().mapToObj(t -> "-" + Math.round(100 * t)).findAny().orElse("")
            + "-s"
            + seed;
    String hash = Long.toHexString(Mix64.of(name));
    String configuration =
        """
        network = %s
        data = out/digits
        method = %s
        seed = %d
        training { workers = 8, batch = 400, steps = 2400 }
        optimizer { name = nesterov, rate = 0.1, momentum = 0.9 }
        """
            .formatted(network, how.method(), seed);
    return new OperatingPoint(
        new RunIdentity(name + "-" + hash.substring(0, 6), hash),
        new Setting(
            network, "digits", how, new Training(seed, 8, 400, 1, 2400, 16), Map.of("rate", "0.1")),
        measurement,
        new Provenance(
            configuration,
            "5f1c0c9be1d8a7f0",
            List.of(
                part(
                    "2026-03-01T10:15:30.123Z",
                    31 + 7 * noise(name, 0, seed) * 1e4,
                    0,
                    measurement.divergedAtStep().orElse(2400))),
            new ModelHashes(
                Optional.of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                how.isDense() ? Optional.empty() : Optional.of("ab".repeat(32)))));
  }

  /** A part of a run on two executors. */
  public static RunPart part(String startedAt, double seconds, long firstStep, long lastStep) {
    return new RunPart(
        "0.1.0-SNAPSHOT (f9dfba2)",
        new Platform("Linux amd64, 2 cores, AVX-512, oneDNN 2.6", "17.0.15", "3.5.7", "1.0.0-M2.1"),
        new Execution(Instant.parse(startedAt), seconds, "local-cluster[2,1,1024]", 2),
        firstStep,
        lastStep);
  }

  /** The same point, computed in these parts. */
  public static OperatingPoint inParts(OperatingPoint point, RunPart... parts) {
    Provenance whole = point.provenance();
    return new OperatingPoint(
        point.run(),
        point.setting(),
        point.measurement(),
        new Provenance(whole.configuration(), whole.dataHash(), List.of(parts), whole.model()));
  }

  /** The same point with this knob as its only note. */
  public static OperatingPoint noted(OperatingPoint point, String knob, String value) {
    Setting setting = point.setting();
    return new OperatingPoint(
        point.run(),
        new Setting(
            setting.network(),
            setting.dataset(),
            setting.sparsification(),
            setting.training(),
            Map.of(knob, value)),
        point.measurement(),
        point.provenance());
  }

  /** The finished run of a point, evaluated again a day later on the data of this hash. */
  public static OperatingPoint evaluatedAgain(OperatingPoint point, String dataHash) {
    List<RunPart> parts = new ArrayList<>(point.provenance().parts());
    parts.add(part("2026-03-02T08:00:00Z", 2.5, 2400, 2400));
    return new OperatingPoint(
        point.run(),
        point.setting(),
        point.measurement(),
        new Provenance(
            point.provenance().configuration(), dataHash, parts, point.provenance().model()));
  }

  /** What the evaluation of a classifier found. */
  public static Measurement classified(double accuracy, double crossEntropy, ModelSize size) {
    return Measurement.finished(
        Metric.ACCURACY,
        Map.of(Metric.ACCURACY, accuracy, Metric.CROSS_ENTROPY, crossEntropy),
        size);
  }

  /** A Transformer, dense and pruned, compared by BLEU; one run resumed and evaluated again. */
  public static List<OperatingPoint> translations() {
    List<OperatingPoint> points = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      points.add(translated("dense", 0, seed, 38.4 + 200 * noise("dense", 0, seed)));
      for (double target : TARGETS) {
        double bleu = 38.4 - 0.25 / (1 - target) + 400 * noise("magnitude", target, seed);
        points.add(translated("magnitude", target, seed, bleu));
      }
    }
    OperatingPoint resumed =
        inParts(
            translated("random", 0.8, 1, 33.1),
            part("2026-03-01T10:15:30Z", 21, 0, 1100),
            part("2026-03-01T11:15:30Z", 30, 1100, 2400));
    points.add(resumed);
    points.add(evaluatedAgain(resumed, "77aa90b1c3d5"));
    return points;
  }

  /** A finished run of a small Transformer on Multi30k. */
  public static OperatingPoint translated(String method, double target, long seed, double bleu) {
    Measurement measurement =
        Measurement.finished(
            BLEU,
            Map.of(BLEU, bleu, CHRF, bleu + 20, Metric.CROSS_ENTROPY, 8 / Math.sqrt(bleu)),
            size(LENET_300_100, target));
    OperatingPoint point =
        point("transformer-tiny", sparsification(method, target), seed, measurement);
    Setting setting = point.setting();
    return new OperatingPoint(
        point.run(),
        new Setting(
            setting.network(),
            "multi30k",
            setting.sparsification(),
            setting.training(),
            setting.notes()),
        measurement,
        point.provenance());
  }

  /** The tensors of a network, each at the same sparsity. */
  public static ModelSize size(String network, double sparsity) {
    return ModelSize.of(
        shapes(network).stream().map(tensor -> pruned(tensor, sparsity)).toList(), 410);
  }

  private static ModelSize uneven(String network, double sparsity) {
    List<TensorSize> tensors = new ArrayList<>();
    List<TensorSize> shapes = shapes(network);
    for (int i = 0; i < shapes.size(); i++) {
      double closeness =
          shapes.size() - i > 2 ? 1 - 0.02 * i : i == shapes.size() - 1 ? 0.72 : 0.985;
      tensors.add(pruned(shapes.get(i), sparsity * closeness));
    }
    return ModelSize.of(tensors, 410);
  }

  private static TensorSize pruned(TensorSize tensor, double sparsity) {
    long kept = (long) Math.floor(tensor.weights() * (1 - sparsity) + 1e-9);
    return new TensorSize(tensor.name(), tensor.shape(), tensor.weights(), kept);
  }

  private static List<TensorSize> shapes(String network) {
    return network.equals(LENET_5)
        ? List.of(
            new TensorSize("conv1", "[20, 1, 5, 5]", 500, 500),
            new TensorSize("conv2", "[50, 20, 5, 5]", 25_000, 25_000),
            new TensorSize("fc1", "[800, 500]", 400_000, 400_000),
            new TensorSize("fc2", "[500, 10]", 5_000, 5_000))
        : List.of(
            new TensorSize("fc1", "[784, 300]", 235_200, 235_200),
            new TensorSize("fc2", "[300, 100]", 30_000, 30_000),
            new TensorSize("fc3", "[100, 10]", 1_000, 1_000));
  }
}
