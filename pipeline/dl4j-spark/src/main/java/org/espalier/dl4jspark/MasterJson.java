package org.espalier.dl4jspark;

import java.util.OptionalLong;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.sparsity.MaskedGradient;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLFactory;

/** A training master's settings as JSON or YAML. */
final class MasterJson {
  static final MasterJson JSON =
      new MasterJson("JSON", new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT));
  static final MasterJson YAML = new MasterJson("YAML", new ObjectMapper(new YAMLFactory()));

  /** The field that dl4j-spark tells its training masters apart by. */
  private static final String CLASS = "@class";

  private static final String WORKERS = "workers";
  private static final String AVERAGING_FREQUENCY = "averagingFrequency";
  private static final String MASKED_GRADIENT = "maskedGradient";
  private static final String SEED = "seed";
  private static final String PLANNED_STEPS = "plannedSteps";
  private static final String MASKING = "masking";

  private final String format;
  private final ObjectMapper mapper;

  private MasterJson(String format, ObjectMapper mapper) {
    this.format = format;
    this.mapper = mapper;
  }

  String write(MasterSettings settings) {
    ObjectNode json =
        mapper
            .createObjectNode()
            .put(CLASS, MaskedParameterAveragingTrainingMaster.class.getName())
            .put(WORKERS, settings.workers())
            .put(AVERAGING_FREQUENCY, settings.averagingFrequency())
            .put(MASKED_GRADIENT, settings.maskedGradient().toString())
            .put(SEED, settings.seed());
    settings.plannedSteps().ifPresent(steps -> json.put(PLANNED_STEPS, steps));
    json.set(MASKING, MaskingJson.write(settings.method()));
    try {
      return mapper.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + settings + " as " + format, e);
    }
  }

  MasterSettings read(String text) {
    JsonFields json = new JsonFields(parsed(text));
    String expected = MaskedParameterAveragingTrainingMaster.class.getName();
    String found = json.has(CLASS) ? json.text(CLASS) : "missing";
    if (!found.equals(expected)) {
      throw new Refusal(
          "Cannot read a training master from this %s: it is that of another class, its %s is %s where %s was expected."
              .formatted(format, CLASS, found, expected));
    }
    return new MasterSettings(
        Math.toIntExact(json.integer(WORKERS)),
        Math.toIntExact(json.integer(AVERAGING_FREQUENCY)),
        MaskingJson.read(json.object(MASKING)),
        MaskedGradient.named(json.text(MASKED_GRADIENT)),
        json.integer(SEED),
        json.has(PLANNED_STEPS)
            ? OptionalLong.of(json.integer(PLANNED_STEPS))
            : OptionalLong.empty());
  }

  private JsonNode parsed(String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          "Cannot read a training master: the text is not %s (%s).".formatted(format, Reason.of(e)),
          e);
    }
  }
}
