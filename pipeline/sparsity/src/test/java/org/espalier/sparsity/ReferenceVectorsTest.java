package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferenceVectorsTest {
  private static final Offset<Double> TOLERANCE = within(1e-9);
  private JsonNode reference;

  @BeforeEach
  void readVectors() throws IOException {
    reference = new ObjectMapper().readTree(SharedFiles.reference("schedules.json").toFile());
  }

  @Test
  void cubicScheduleAgrees() {
    for (JsonNode given : reference.get("cubic")) {
      SparsitySchedule schedule = cubic(given);
      for (Iterator<Map.Entry<String, JsonNode>> at = given.get("at").fields(); at.hasNext(); ) {
        Map.Entry<String, JsonNode> entry = at.next();
        assertThat(schedule.sparsityAt(Long.parseLong(entry.getKey())))
            .isCloseTo(entry.getValue().asDouble(), TOLERANCE);
      }
    }
    assertThat(reference.get("cubic")).isNotEmpty();
  }

  @Test
  void lastUpdateAgrees() {
    for (JsonNode given : reference.get("lastUpdate")) {
      UpdateSteps updates =
          UpdateSteps.every(
              given.get("frequency").asLong(),
              given.get("begin").asLong(),
              given.get("end").asLong());
      long last = updates.lastUpdate(given.get("lastStep").asLong()).orElseThrow();
      assertThat(last).isEqualTo(given.get("step").asLong());
      assertThat(cubic(given).sparsityAt(last))
          .isCloseTo(given.get("sparsity").asDouble(), TOLERANCE);
    }
    assertThat(reference.get("lastUpdate")).isNotEmpty();
  }

  @Test
  void magnitudeSelectionWithTiesAgrees() {
    JsonNode given = reference.get("magnitude");
    float[] weights = new float[given.get("weights").size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) given.get("weights").get(i).asDouble();
    }
    Set<Integer> kept = new HashSet<>();
    given.get("keptIndices").forEach(index -> kept.add(index.asInt()));
    SparseTensors tensors =
        SparseTensors.of(new SparseTensor("w", WeightLayout.OUT_IN, 0, 1, weights.length));
    PruningPlan plan =
        PruningPlan.uniform(
            new ConstantSchedule(given.get("sparsity").asDouble()), UpdateSteps.every(1, 0, 1));
    MaskSet masks = new MagnitudePruning(plan).next(AveragedState.initial(tensors, weights));

    assertThat(masks.kept()).isEqualTo(given.get("kept").asLong());
    assertThat(masks.mask("w")).isEqualTo(Mask.where(weights.length, kept::contains));
  }

  private static CubicSchedule cubic(JsonNode given) {
    return new CubicSchedule(
        given.get("begin").asLong(), given.get("end").asLong(), given.get("target").asDouble());
  }
}
