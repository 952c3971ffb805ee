package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights of Transformer-base beside those of the paper's released checkpoints. */
class ReleasedTransformerCountsTest {
  private static final Pattern MATRIX =
      Pattern.compile(
          "body_(encoder|decoder)_layer_(\\d)_(self|encdec)_attention_multihead_attention_(q|k|v|output)(_transform)?_fully_connected");
  private static final Pattern FEED_FORWARD =
      Pattern.compile("body_(encoder|decoder)_layer_(\\d)_ffn_(conv\\d)_fully_connected");

  /** Where weights are equal, a threshold takes all of them or none, we a part. */
  private static final Map<String, Map<String, Long>> TIES =
      Map.ofEntries(
          Map.entry(
              "magnitude 0.5",
              Map.of(
                  "transformer/decoder.layer2.encdecAttention.k",
                  -1L,
                  "transformer/decoder.layer3.ffn.conv2",
                  -1L)),
          Map.entry(
              "magnitude 0.6",
              Map.of(
                  "transformer/decoder.layer2.encdecAttention.output",
                  -1L,
                  "transformer/decoder.layer3.ffn.conv1",
                  -1L,
                  "transformer/decoder.layer3.ffn.conv2",
                  -1L,
                  "transformer/embedding",
                  -1L,
                  "transformer/encoder.layer4.ffn.conv1",
                  -1L)),
          Map.entry(
              "magnitude 0.7",
              Map.of(
                  "transformer/decoder.layer0.encdecAttention.output",
                  -1L,
                  "transformer/decoder.layer1.ffn.conv2",
                  -1L,
                  "transformer/embedding",
                  1L,
                  "transformer/encoder.layer3.ffn.conv2",
                  -1L)),
          Map.entry("magnitude 0.9", Map.of("transformer/embedding", 1L)),
          Map.entry(
              "magnitude 0.95",
              Map.of(
                  "transformer/decoder.layer3.ffn.conv2",
                  -1L,
                  "transformer/embedding",
                  -1L,
                  "transformer/encoder.layer1.ffn.conv2",
                  -1L,
                  "transformer/encoder.layer2.ffn.conv1",
                  -1L)),
          Map.entry(
              "magnitude 0.98",
              Map.of("transformer/embedding", -2L, "transformer/encoder.layer4.ffn.conv1", -1L)),
          Map.entry("random 0.6", Map.of("transformer/decoder.layer1.ffn.conv2", 1L)),
          Map.entry("random 0.7", Map.of("transformer/embedding", 2L)),
          Map.entry(
              "random 0.8",
              Map.of(
                  "transformer/embedding",
                  1L,
                  "transformer/encoder.layer0.ffn.conv1",
                  1L,
                  "transformer/encoder.layer4.selfAttention.output",
                  1L)),
          Map.entry("random 0.9", Map.of("transformer/embedding", 1L)),
          Map.entry("random 0.95", Map.of("transformer/embedding", 1L)),
          Map.entry("random 0.98", Map.of("transformer/embedding", -1L)));

  private static NetworkCount count(String hocon) {
    return NetworkCount.of(
        ConfigFactory.parseString("network=transformer-base\n" + hocon), new Configuration());
  }

  @Test
  void thePapersShareOfItsParametersCanBeSparsified() {
    NetworkCount dense = count("");
    assertThat(dense.sparsifiable()).isEqualTo(61_083_648);
    assertThat(dense.parameters()).isEqualTo(61_163_520);
    assertThat(dense.tensors()).hasSize(97);
    assertThat(dense.nonzeros()).isEqualTo(dense.sparsifiable());
  }

  @ParameterizedTest
  @CsvSource({
    "magnitude, 0.5", "magnitude, 0.6", "magnitude, 0.7", "magnitude, 0.8", "magnitude, 0.9",
    "magnitude, 0.95", "magnitude, 0.98", "random, 0.5", "random, 0.6", "random, 0.7",
    "random, 0.8", "random, 0.9", "random, 0.95", "random, 0.98"
  })
  void everyTensorKeepsWhatTheReleasedOneDoes(String method, String target) throws IOException {
    Map<String, Long> released =
        ReleasedCounts.of(
            "transformer", method + "_pruning", target, ReleasedTransformerCountsTest::name);
    NetworkCount count =
        count(
            "sparsity{method=%s,target=%s,begin=0,end=400000,frequency=10000}"
                .formatted(method, target));
    Map<String, Long> ties = new TreeMap<>();
    for (TensorCount tensor : count.tensors()) {
      long difference = released.get(tensor.name()) - tensor.nonzeros();
      if (difference != 0) {
        ties.put(tensor.name(), difference);
      }
    }
    assertThat(count.tensors()).hasSameSizeAs(released.keySet());
    assertThat(ties).isEqualTo(TIES.getOrDefault(method + " " + target, Map.of()));
  }

  private static String name(String released) {
    Matcher matrix = MATRIX.matcher(released);
    if (matrix.matches()) {
      return "transformer/%s.layer%s.%sAttention.%s"
          .formatted(matrix.group(1), matrix.group(2), matrix.group(3), matrix.group(4));
    }
    Matcher inner = FEED_FORWARD.matcher(released);
    return inner.matches()
        ? "transformer/%s.layer%s.ffn.%s".formatted(inner.group(1), inner.group(2), inner.group(3))
        : "transformer/embedding";
  }
}
