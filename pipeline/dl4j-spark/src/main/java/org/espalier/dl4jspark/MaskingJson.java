package org.espalier.dl4jspark;

import java.util.Map;
import java.util.TreeMap;
import org.espalier.base.Refusal;
import org.espalier.sparsity.ConstantSchedule;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.Distribution;
import org.espalier.sparsity.Distributions;
import org.espalier.sparsity.EndRule;
import org.espalier.sparsity.FixedMasks;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.OneShotSchedule;
import org.espalier.sparsity.OverridingDistribution;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.RandomPruning;
import org.espalier.sparsity.Selection;
import org.espalier.sparsity.SparsitySchedule;
import org.espalier.sparsity.SparsitySchedules;
import org.espalier.sparsity.UpdateSteps;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Masking methods as JSON: those that a configuration can name, with all that they are told. */
final class MaskingJson {
  private static final String METHOD = "method";
  private static final String SEED = "seed";
  private static final String MASKS = "masks";
  private static final String SCHEDULE = "schedule";
  private static final String UPDATES = "updates";
  private static final String DISTRIBUTION = "distribution";
  private static final String FINAL_SPARSITIES = "finalSparsities";
  private static final String NAME = "name";
  private static final String BEGIN = "begin";
  private static final String END = "end";
  private static final String FREQUENCY = "frequency";
  private static final String END_RULE = "endRule";
  private static final String FINAL_SPARSITY = "finalSparsity";

  private MaskingJson() {}

  static ObjectNode write(MaskingMethod method) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (method instanceof Dense) {
      return json.put(METHOD, "dense");
    }
    if (method instanceof MagnitudePruning magnitude) {
      return write(magnitude.plan(), json.put(METHOD, "magnitude"));
    }
    if (method instanceof RandomPruning random) {
      return write(random.plan(), json.put(METHOD, "random").put(SEED, random.seed()));
    }
    if (method instanceof FixedMasks fixed) {
      return json.put(METHOD, "fixed").put(MASKS, MaskFile.encode(fixed.masks()));
    }
    throw inexpressible("masking method", method);
  }

  static MaskingMethod read(JsonFields json) {
    String method = json.text(METHOD);
    return switch (method) {
      case "dense" -> new Dense();
      case "magnitude" -> new MagnitudePruning(plan(json));
      case "random" -> new RandomPruning(plan(json), json.integer(SEED));
      case "fixed" -> new FixedMasks(MaskFile.decode(json.bytes(MASKS), "the JSON's masks"));
      default ->
          throw new Refusal(
              "Cannot read the masking method %s from JSON: known are dense, magnitude, random, fixed."
                  .formatted(method));
    };
  }

  private static ObjectNode write(PruningPlan plan, ObjectNode json) {
    if (!plan.selection().equals(Selection.exact())) {
      throw inexpressible("selection", plan.selection());
    }
    json.set(SCHEDULE, schedule(plan.schedule()));
    json.putObject(UPDATES)
        .put(BEGIN, plan.updates().begin())
        .put(END, plan.updates().end())
        .put(FREQUENCY, plan.updates().frequency())
        .put(END_RULE, plan.updates().endRule().toString());
    Distribution distribution = plan.distribution();
    if (distribution instanceof OverridingDistribution overriding) {
      ObjectNode sparsities = json.putObject(FINAL_SPARSITIES);
      overriding.finalSparsities().forEach(sparsities::put);
      distribution = overriding.others();
    }
    if (!Distributions.names().contains(distribution.toString())) {
      throw inexpressible(DISTRIBUTION, distribution);
    }
    return json.put(DISTRIBUTION, distribution.toString());
  }

  private static PruningPlan plan(JsonFields json) {
    JsonFields schedule = json.object(SCHEDULE);
    JsonFields updates = json.object(UPDATES);
    PruningPlan plan =
        PruningPlan.uniform(
            SparsitySchedules.named(
                schedule.text(NAME),
                schedule.integer(BEGIN),
                schedule.integer(END),
                schedule.number(FINAL_SPARSITY)),
            new UpdateSteps(
                updates.integer(BEGIN),
                updates.integer(END),
                updates.integer(FREQUENCY),
                EndRule.named(updates.text(END_RULE))));
    Distribution distribution = Distributions.named(json.text(DISTRIBUTION));
    if (!json.has(FINAL_SPARSITIES)) {
      return plan.distributedBy(distribution);
    }
    Map<String, Double> finals = new TreeMap<>();
    JsonFields sparsities = json.object(FINAL_SPARSITIES);
    sparsities.names().forEach(name -> finals.put(name, sparsities.number(name)));
    return plan.distributedBy(new OverridingDistribution(distribution, finals));
  }

  private static ObjectNode schedule(SparsitySchedule schedule) {
    if (schedule instanceof CubicSchedule cubic) {
      return schedule("cubic", cubic.begin(), cubic);
    }
    if (schedule instanceof OneShotSchedule oneShot) {
      return schedule("one-shot", oneShot.step(), oneShot);
    }
    if (schedule instanceof ConstantSchedule constant) {
      return schedule("constant", 0, constant);
    }
    throw inexpressible(SCHEDULE, schedule);
  }

  private static ObjectNode schedule(String name, long begin, SparsitySchedule schedule) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(NAME, name)
        .put(BEGIN, begin)
        .put(END, schedule.end())
        .put(FINAL_SPARSITY, schedule.finalSparsity());
  }

  private static Refusal inexpressible(String kind, Object value) {
    return new Refusal(
        "Cannot write the %s %s as JSON: it is not one that a configuration can name; build the training master in the program."
            .formatted(kind, value));
  }
}
