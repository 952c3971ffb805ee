package org.espalier.averaging.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.RunningMoments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Moments of batch normalisation, merged over workers, against an independent implementation. */
class MergedMomentsReferenceTest {
  private static final String PROPERTY = "espalier.reference";
  private static final RoundKey KEY = new RoundKey(1, 0, 0);

  @ParameterizedTest
  @EnumSource(RunningMoments.Form.class)
  void meanAndVarianceAreThoseOfAllExamplesTogether(RunningMoments.Form form) throws IOException {
    JsonNode given = vectors();
    JsonNode merged = given.get("merged");
    int channels = merged.get("mean").size();
    ShardSum sum = new ShardSum(0, MergedMomentsReferenceTest::nothing);
    int workers = given.get("workers").size();
    for (int worker = 0; worker < workers; worker++) {
      sum.add(contribution(workers, worker, given.get("workers").get(worker), form));
    }
    FlatVector mean = sum.mean().orElseThrow();
    for (int channel = 0; channel < channels; channel++) {
      double expected = merged.get("mean").get(channel).asDouble();
      assertThat((double) mean.values().get(channel)).isCloseTo(expected, close(expected));
      expected = merged.get("variance").get(channel).asDouble();
      assertThat(form.variance(mean.values().get(channels + channel)))
          .isCloseTo(expected, close(expected));
    }
  }

  /** Vectors travel as float32. */
  private static org.assertj.core.data.Offset<Double> close(double expected) {
    return within(1e-6 * Math.max(1, Math.abs(expected)));
  }

  private static Contribution contribution(
      int workers, int worker, JsonNode given, RunningMoments.Form form) {
    int channels = given.get("mean").size();
    FloatBuffer values = FloatBuffer.allocate(2 * channels);
    for (int channel = 0; channel < channels; channel++) {
      values.put(channel, (float) given.get("mean").get(channel).asDouble());
      double variance = given.get("variance").get(channel).asDouble();
      values.put(channels + channel, (float) form.spread(variance));
    }
    List<RunningMoments> moments = List.of(new RunningMoments(0, channels, channels, form));
    Optional<ShardHeader> shared =
        worker == 0
            ? Optional.of(new ShardHeader(ShardBits.all(2 * channels), moments, Optional.empty()))
            : Optional.empty();
    long examples = given.get("count").asLong();
    return new Contribution(
        new ContributionHeader(KEY, 0, 2 * channels, workers, worker, examples, shared), values);
  }

  private static JsonNode vectors() throws IOException {
    Path path =
        Path.of(System.getProperty(PROPERTY, "../../shared/data/reference"))
            .resolve("schedules.json");
    assumeTrue(
        Files.exists(path),
        () -> path + " is absent; name the folder that holds it with -D" + PROPERTY);
    return new ObjectMapper().readTree(path.toFile()).get("batchNormMerge");
  }

  private static FlatVector nothing() {
    throw new LostShards("nothing came before");
  }
}
