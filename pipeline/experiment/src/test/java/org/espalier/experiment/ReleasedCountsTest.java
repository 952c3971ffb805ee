package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Non-zeros of ResNet-50 beside those of the paper's released checkpoints. */
class ReleasedCountsTest {
  private static final Pattern BLOCK = Pattern.compile("bottleneck_(\\d)_block_group(\\d)_(\\d)_1");
  private static final Pattern FIRST =
      Pattern.compile("bottleneck_(\\d)_block_group_projection_block_group(\\d)");
  private static final Pattern PROJECTION =
      Pattern.compile("bottleneck_projection_block_group_projection_block_group(\\d)");

  private static final int STEM = 9_408;
  private static final Map<String, Map<String, Long>> TIES =
      Map.of(
          "magnitude 0.7",
          Map.of("maps/group3.block5.conv2", -1L, "maps/group4.block1.conv3", -1L),
          "magnitude 0.8",
          Map.of("fc/W", -1L),
          "magnitude 0.98",
          Map.of("fc/W", -1L),
          "random 0.5",
          Map.of("maps/group3.block2.conv2", 1L, "maps/group4.block2.conv2", 1L),
          "random 0.8",
          Map.of("fc/W", -1L, "maps/group3.block1.projection", 1L),
          "random 0.9",
          Map.of(
              "maps/group3.block1.conv3",
              1L,
              "maps/group4.block1.conv2",
              1L,
              "maps/group4.block2.conv1",
              1L),
          "random 0.98",
          Map.of("maps/group4.block3.conv2", 1L));

  private static NetworkCount count(String hocon) {
    return NetworkCount.of(
        ConfigFactory.parseString("network=resnet-50\n" + hocon), new Configuration());
  }

  private static String sparsity(String method, double target, long begin, long end, long every) {
    return "sparsity{method=%s,target=%s,begin=%d,end=%d,frequency=%d}"
        .formatted(method, target, begin, end, every);
  }

  /**
   * The settings of the best checkpoints (the paper's released table), and by how much the released
   * counts differ where weights are equal: a threshold takes all of them or none, we a part.
   */
  @ParameterizedTest
  @CsvSource({
    "magnitude, 0.5, 40000, 100000, 2000",
    "magnitude, 0.7, 40000, 100000, 4000",
    "magnitude, 0.8, 40000, 100000, 2000",
    "magnitude, 0.9, 40000, 76000, 2000",
    "magnitude, 0.95, 40000, 68000, 2000",
    "magnitude, 0.98, 40000, 100000, 2000",
    "random, 0.5, 20000, 40000, 4000",
    "random, 0.7, 8000, 40000, 8000",
    "random, 0.8, 0, 40000, 8000",
    "random, 0.9, 0, 40000, 2000",
    "random, 0.95, 0, 40000, 2000",
    "random, 0.98, 20000, 40000, 8000"
  })
  void everyTensorKeepsWhatTheReleasedOneDoes(
      String method, String target, long begin, long end, long every) throws IOException {
    Map<String, Long> kept = new TreeMap<>();
    count(sparsity(method, Double.parseDouble(target), begin, end, every))
        .tensors()
        .forEach(tensor -> kept.put(tensor.name(), tensor.nonzeros()));
    Map<String, Long> ours = new TreeMap<>(kept);
    Map<String, Long> ties = new TreeMap<>();
    ReleasedCounts.of("rn50", method + "_pruning", target, ReleasedCountsTest::name)
        .forEach(
            (tensor, count) -> {
              if (!count.equals(ours.remove(tensor))) {
                ties.put(tensor, count - kept.get(tensor));
              }
            });
    assertThat(ours).isEmpty();
    assertThat(ties)
        .as("%s %s", method, target)
        .isEqualTo(TIES.getOrDefault(method + " " + target, Map.of()));
  }

  private static String name(String released) {
    Matcher block = BLOCK.matcher(released);
    if (block.matches()) {
      int number = Integer.parseInt(block.group(3)) + 1;
      return "maps/group%s.block%d.conv%s".formatted(block.group(2), number, block.group(1));
    }
    Matcher first = FIRST.matcher(released);
    if (first.matches()) {
      return "maps/group%s.block1.conv%s".formatted(first.group(2), first.group(1));
    }
    Matcher projection = PROJECTION.matcher(released);
    if (projection.matches()) {
      return "maps/group%s.block1.projection".formatted(projection.group(1));
    }
    return released.equals("initial_conv") ? "maps/stem" : "fc/W";
  }

  /**
   * The first convolution dense, the last layer at 80 % (the paper, section 5.2); the released
   * sparsities are those of the other 53 tensors.
   */
  @ParameterizedTest
  @CsvSource({
    "0.80, 12500, 40000, 2000, 79.99",
    "0.91, 12500, 36000, 2000, 90.09",
    "0.96, 7500, 36000, 1000, 94.71",
    "0.98, 12500, 36000, 500, 96.55"
  })
  void theExtendedSchemeHasThePapersSparsity(
      double target, long begin, long end, long every, double percent) {
    NetworkCount count =
        count(
            sparsity("magnitude", target, begin, end, every)
                + "\nsparsity.tensors{\"maps/stem\"=0,\"fc/W\"=0.8}");
    double sparsity = 1 - (double) (count.nonzeros() - STEM) / (count.sparsifiable() - STEM);
    assertThat(100 * sparsity).isCloseTo(percent, within(0.006));
  }
}
