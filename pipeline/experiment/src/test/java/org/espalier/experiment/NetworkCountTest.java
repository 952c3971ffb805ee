package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.datasets.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers beside those of the paper, and beside what was counted by hand. */
class NetworkCountTest {
  private static final String MAGNITUDE =
      "network=lenet-5-caffe\nsparsity{method=magnitude,target=0.9,end=1000,frequency=100}\n";

  private static NetworkCount count(String hocon) {
    return NetworkCount.of(ConfigFactory.parseString(hocon), new Configuration());
  }

  private static List<Long> each(NetworkCount count, ToLongFunction<TensorCount> number) {
    return count.tensors().stream().map(number::applyAsLong).toList();
  }

  @Test
  void leNet300100IsThatOfThePaper() {
    NetworkCount count = count("network=lenet-300-100");
    assertThat(count.sparsifiable()).isEqualTo(266_200);
    assertThat(count.nonzeros()).isEqualTo(266_200);
    assertThat(count.parameters()).isEqualTo(266_200 + 300 + 100 + 10);
    assertThat(count.tensors())
        .extracting(TensorCount::name)
        .containsExactly("fc1/W", "fc2/W", "fc3/W");
    assertThat(each(count, TensorCount::size)).containsExactly(235_200L, 30_000L, 1_000L);
    assertThat(count.sum(TensorCount::macs)).isEqualTo(266_200);
    assertThat(count.sum(TensorCount::trainingMacs))
        .isEqualTo(2 * 235_200 + 3 * 30_000 + 3 * 1_000);
    assertThat(count.notes()).isEmpty();
  }

  @Test
  void leNet5CaffeIsThatOfThePaper() {
    NetworkCount count = count("network=lenet-5-caffe");
    assertThat(count.sparsifiable()).isEqualTo(430_500);
    assertThat(each(count, TensorCount::size)).containsExactly(500L, 25_000L, 400_000L, 5_000L);
    assertThat(each(count, TensorCount::macs))
        .containsExactly(500L * 576, 25_000L * 64, 400_000L, 5_000L);
    assertThat(count.sum(TensorCount::macs)).isEqualTo(2_293_000);
    assertThat(count.sum(TensorCount::denseTrainingMacs))
        .isEqualTo(2 * 288_000 + 3 * 1_600_000 + 3 * 400_000 + 3 * 5_000);
  }

  @Test
  void everyTensorKeepsTheFloorOfItsShare() {
    NetworkCount count = count(MAGNITUDE + "sparsity.target=0.98");
    assertThat(each(count, TensorCount::nonzeros)).containsExactly(10L, 500L, 8_000L, 100L);
    assertThat(count.nonzeros()).isEqualTo(8_610);
    assertThat(count.sum(TensorCount::macs)).isEqualTo(10 * 576 + 500 * 64 + 8_000 + 100);
    assertThat(count.sum(TensorCount::denseMacs)).isEqualTo(2_293_000);
    assertThat(count.sum(TensorCount::trainingMacs))
        .isEqualTo(2 * 10 * 576 + 3 * 500 * 64 + 3 * 8_000 + 3 * 100);
    assertThat(each(count(MAGNITUDE.replace("magnitude", "random")), TensorCount::nonzeros))
        .containsExactly(50L, 2_500L, 40_000L, 500L);
  }

  /** PAPER: 98 % from step 20,000 to 40,000 every 8,000 is truly 97.216 %. */
  @Test
  void whatCountsIsTheLastMaskUpdateAndNotTheTarget() {
    NetworkCount count =
        count(
            "network=lenet-5-caffe\nsparsity{method=random,target=0.98,begin=20000,end=40000,frequency=8000}");
    assertThat(each(count, TensorCount::nonzeros)).containsExactly(13L, 696L, 11_136L, 139L);
  }

  @Test
  void theExtendedSchemeKeepsTensorsDenseOrAtTheirOwnTargets() {
    NetworkCount count =
        count(MAGNITUDE + "sparsity.target=0.96\nsparsity.tensors{\"conv1/W\"=0,\"fc2/W\"=0.8}");
    assertThat(each(count, TensorCount::nonzeros)).containsExactly(500L, 1_000L, 16_000L, 1_000L);
    assertThatThrownBy(() -> count(MAGNITUDE + "sparsity.tensors{\"fc9/W\"=0}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Cannot find a sparse tensor fc9/W in this network");
  }

  @Test
  void withoutAScheduleTheTargetIsCounted() {
    NetworkCount count = count("network=lenet-5-caffe\nsparsity{method=magnitude,target=0.9}");
    assertThat(count.nonzeros()).isEqualTo(43_050);
    assertThat(count.notes())
        .containsExactly("No sparsity.end is set, so the target itself is counted.");
  }

  @Test
  void methodsThatExchangeKeepAsManyAsTheyBeginWith() {
    NetworkCount count =
        count("network=lenet-5-caffe\nsparsity{method=rigl,target=0.9,end=1000,frequency=100}");
    assertThat(count.nonzeros()).isEqualTo(43_050);
  }

  @Test
  void drawnWeightsAreCountedDenseAndTwiceInTraining() {
    NetworkCount count = count("network=lenet-5-caffe\nsparsity.method=variational-dropout");
    assertThat(count.nonzeros()).isEqualTo(430_500);
    assertThat(count.parameters()).isEqualTo(431_080);
    assertThat(count.sum(TensorCount::trainingMacs)).isEqualTo(2 * 6_591_000);
    assertThat(count.notes())
        .containsExactly(
            "What variational-dropout removes is known when the network is trained, so all weights"
                + " are counted.");
    assertThat(count("sparsity.method=l0").sum(TensorCount::trainingMacs)).isEqualTo(563_400);
  }

  @Test
  void aRankingOfAllTensorsIsRefused() {
    assertThatThrownBy(() -> count(MAGNITUDE + "sparsity.distribution=global"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot count what magnitude(")
        .hasMessageEndingWith(
            "keeps: how much that is of every tensor follows from trained weights; count with"
                + " another sparsity.distribution or method, or train.");
  }

  @Test
  void aScheduleThatNeverPrunesIsRefused() {
    assertThatThrownBy(() -> count(MAGNITUDE + "sparsity.end=50"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the first mask update would be at step 100, after the end");
  }

  @Test
  void aDatasetThatIsNamedDecides(@TempDir Path folder) throws Exception {
    ManifestOnly.write(folder, new ImageShape(3, 32, 32), 1000);
    NetworkCount count = count("network=lenet-5-caffe\ndata=\"" + folder + "\"");
    assertThat(each(count, TensorCount::size)).containsExactly(1_500L, 25_000L, 625_000L, 5_000L);
    assertThat(each(count, TensorCount::macs)).startsWith(1_500L * 28 * 28, 25_000L * 10 * 10);
  }
}
