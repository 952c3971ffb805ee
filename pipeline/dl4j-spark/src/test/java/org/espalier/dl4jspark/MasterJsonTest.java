package org.espalier.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.espalier.base.Refusal;
import org.espalier.sparsity.ConstantSchedule;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.EndRule;
import org.espalier.sparsity.ErdosRenyiDistribution;
import org.espalier.sparsity.FixedMasks;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.OneShotSchedule;
import org.espalier.sparsity.OverridingDistribution;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.RandomPruning;
import org.espalier.sparsity.UniformDistribution;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.Test;

class MasterJsonTest {
  private static final PruningPlan CUBIC =
      PruningPlan.uniform(
          new CubicSchedule(100, 2000, 0.9), new UpdateSteps(100, 2000, 50, EndRule.CLAMP_TO_END));

  private static final List<MaskingMethod> METHODS =
      List.of(
          new Dense(),
          new MagnitudePruning(CUBIC),
          new MagnitudePruning(
              CUBIC.distributedBy(
                  new OverridingDistribution(
                      new UniformDistribution(), Map.of("conv1/W", 0.0, "fc/W", 0.8)))),
          new RandomPruning(
              new PruningPlan(
                  new OneShotSchedule(7, 0.5),
                  UpdateSteps.once(7),
                  new ErdosRenyiDistribution(ErdosRenyiDistribution.Ratio.KERNEL),
                  CUBIC.selection()),
              -3),
          new MagnitudePruning(
              PruningPlan.uniform(new ConstantSchedule(0.25), UpdateSteps.every(1, 0, 9))),
          new FixedMasks(MaskSet.of(Map.of("fc/W", Mask.where(100, i -> i % 3 == 0)))));

  @Test
  void everyMethodComesBackFromJsonAndYaml() {
    for (MaskingMethod method : METHODS) {
      MasterSettings settings =
          new MasterSettings(8, 5, method, MaskedGradient.DENSE, -42, OptionalLong.of(3000));
      assertThat(MasterJson.JSON.read(MasterJson.JSON.write(settings))).isEqualTo(settings);
      assertThat(MasterJson.YAML.read(MasterJson.YAML.write(settings))).isEqualTo(settings);
    }
  }

  @Test
  void defaultsComeBackToo() {
    var master = MaskedParameterAveragingTrainingMaster.builder().workers(3).build();
    var copy = MaskedParameterAveragingTrainingMaster.fromJson(master.toJson());
    assertThat(copy).hasToString(master.toString());
    assertThat(MaskedParameterAveragingTrainingMaster.fromYaml(master.toYaml()))
        .hasToString(master.toString());
    assertThat(master.toJson())
        .contains("\"workers\" : 3", "\"averagingFrequency\" : 1", "\"method\" : \"dense\"");
  }

  @Test
  void theJsonOfAnotherTrainingMasterIsRefused() {
    String stock = new ParameterAveragingTrainingMaster.Builder(4, 16).build().toJson();
    assertThatThrownBy(() -> MaskedParameterAveragingTrainingMaster.fromJson(stock))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read a training master from this JSON: it is that of another class, its @class is missing where org.espalier.dl4jspark.MaskedParameterAveragingTrainingMaster was expected.");
  }

  @Test
  void aTextThatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> MaskedParameterAveragingTrainingMaster.fromJson("{workers"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot read a training master: the text is not JSON (");
  }

  @Test
  void aFieldThatIsMissingOrOfAnotherKindIsNamed() {
    String json = MaskedParameterAveragingTrainingMaster.builder().workers(3).build().toJson();
    assertThatThrownBy(
            () ->
                MaskedParameterAveragingTrainingMaster.fromJson(
                    json.replace("\"seed\"", "\"sead\"")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read a training master from this JSON: seed must be an integer and is missing.");
    assertThatThrownBy(
            () ->
                MaskedParameterAveragingTrainingMaster.fromJson(
                    json.replace("\"workers\" : 3", "\"workers\" : \"many\"")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read a training master from this JSON: workers must be an integer and is \"many\".");
  }

  @Test
  void aMethodThatNoConfigurationCanNameIsNotWritten() {
    var own = new MagnitudePruning(CUBIC.selectedBy((tensor, scores, kept) -> Mask.all(1)));
    var master =
        MaskedParameterAveragingTrainingMaster.builder().workers(3).maskingMethod(own).build();
    assertThatThrownBy(master::toJson)
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot write the selection ")
        .hasMessageEndingWith(
            " as JSON: it is not one that a configuration can name; build the training master in the program.");
  }
}
