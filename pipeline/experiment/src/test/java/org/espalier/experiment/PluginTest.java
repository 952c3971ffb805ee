package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Declared;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.CosineDecay;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A method and a network are added by one class and one line each, also from another jar. */
class PluginTest {
  private static final PluginJar JAR = new PluginJar("plugin");
  private static final String PRUNING = "sparsity{method=%s,target=0.9,end=20,frequency=5,%s}";

  @TempDir private Path folder;

  @BeforeEach
  void writeManifest() throws IOException {
    ManifestOnly.write(folder, 1000, 1000);
  }

  @Test
  void aMethodReadsAKeyOfItsOwn() throws Exception {
    Experiment experiment = with(PRUNING.formatted("scaled-magnitude", "inputExponent=0.75"));
    assertThat(experiment.method())
        .isEqualTo(
            new ScaledMagnitudePruning(
                PruningPlan.uniform(new CubicSchedule(0, 20, 0.9), UpdateSteps.every(5, 0, 20)),
                0.75));
    assertThat(experiment.name()).startsWith("lenet-300-100-scaled-magnitude-");
    assertThat(experiment.knobs()).containsEntry("sparsity.inputExponent", "0.75");
    assertThat(experiment.configuration()).contains("sparsity.inputExponent = \"0.75\"");
  }

  @Test
  void itsKeyIsRefusedForOtherMethods() {
    assertThatThrownBy(() -> with(PRUNING.formatted("magnitude", "inputExponent=0.75")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use sparsity.inputExponent with sparsity.method = magnitude: it is a setting of scaled-magnitude; remove it.");
    assertThatThrownBy(() -> with(PRUNING.formatted("scaled-magnitude", "inputExponent=3")))
        .hasMessage("Cannot use sparsity.inputExponent = 3: it must be a number from 0 to 2.");
    assertThatThrownBy(() -> with("sparsity{method=scaled-magnitude,inputExponent=1}"))
        .hasMessage(
            "Cannot prune with sparsity.method = scaled-magnitude: sparsity.target is 0; set it above 0, or the method to dense.");
  }

  @Test
  void theListsKnowIt() throws Exception {
    List<String> names = JAR.during(() -> SparsityMethods.choice().names());
    assertThat(names)
        .containsExactly(
            "dense",
            "magnitude",
            "random",
            "set",
            "rigl",
            "fixed",
            "scaled-magnitude",
            "variational-dropout",
            "l0");
    Iterable<Declared> keys = JAR.during(ExperimentKeys::all);
    assertThat(keys).extracting(Declared::path).contains("sparsity.inputExponent");
    assertThat(ExperimentKeys.all())
        .extracting(Declared::path)
        .doesNotContain("sparsity.inputExponent", "perceptron.hidden");
  }

  @Test
  void withoutTheJarItIsUnknown() {
    assertThatThrownBy(() -> experiment("sparsity.method=scaled-magnitude"))
        .hasMessage(
            "Cannot use sparsity.method = scaled-magnitude: it is unknown; choose one of dense, magnitude, random, set, rigl, fixed, variational-dropout, l0.");
  }

  @Test
  void aNetworksRecipeHoldsWhereTheConfigurationIsSilent() throws Exception {
    Experiment experiment = with("network=perceptron");
    assertThat(experiment.batch()).isEqualTo(64);
    assertThat(experiment.epochs()).isEqualTo(7);
    assertThat(experiment.optimiser().rule()).isEqualTo(new UpdateRule.Nesterov(0.9));
    assertThat(experiment.optimiser().learningRate())
        .isEqualTo(new CosineDecay(0.1, experiment.steps()));
    assertThat(experiment.configuration())
        .contains("batch = \"64\"", "optimiser.learningRate = \"0.1\"");

    Experiment told = with("network=perceptron,epochs=2,optimiser{learningRate=0.2,rule=sgd}");
    assertThat(told.epochs()).isEqualTo(2);
    assertThat(told.optimiser().rule()).isEqualTo(new UpdateRule.Sgd());
    assertThat(told.optimiser().learningRate()).isEqualTo(new CosineDecay(0.2, told.steps()));
    VariationalDropout drawn =
        (VariationalDropout)
            with("network=perceptron,sparsity.method=variational-dropout")
                .stochastic()
                .orElseThrow();
    assertThat(drawn.initialLogSigma2()).isEqualTo(-15);
  }

  @Test
  void theHashLeavesOutWhatTheRecipeSaysAnyway() throws Exception {
    String name = with("network=perceptron").name();
    assertThat(with("network=perceptron,epochs=7,batch=64,optimiser.learningRate=1e-1").name())
        .isEqualTo(name);
    assertThat(with("network=perceptron,epochs=20").name()).isNotEqualTo(name);
    assertThat(with("network=perceptron").knobs()).isEmpty();
    assertThat(with("network=perceptron,optimiser.learningRate=0.001").knobs())
        .containsEntry("optimiser.learningRate", "0.001");
  }

  @Test
  void theWholeConfigurationIsTheSameExperimentAgain() throws Exception {
    Experiment experiment = with("network=perceptron,perceptron.hidden=5,seed=3");
    Experiment again = with(experiment.configuration());
    assertThat(again.hash()).isEqualTo(experiment.hash());
    assertThat(again.configuration()).isEqualTo(experiment.configuration());
  }

  @Test
  void aKeyThatOneOfTwoRunsLeavesOutHasTheValueOfItsRecipe() throws Exception {
    Experiment silent = with("network=perceptron");
    Experiment told = with("network=perceptron,epochs=2");
    assertThat(
            JAR.during(() -> KeyDifferences.between(silent.canonical(), told.canonical()))
                .sentence())
        .isEqualTo("epochs (its 7, yours 2)");
  }

  @Test
  void aNetworkReadsAKeyOfItsOwn() throws Exception {
    BuiltNetwork network =
        JAR.during(() -> BuiltNetwork.of(experiment("network=perceptron,perceptron.hidden=5")));
    assertThat(network.parameters()).isEqualTo(784 * 5 + 5 + 5 * 10 + 10);
    assertThatThrownBy(() -> with("perceptron.hidden=5"))
        .hasMessage(
            "Cannot use perceptron.hidden with network = lenet-300-100: it is a setting of perceptron; remove it.");
    assertThatThrownBy(() -> with("network=perceptron,perceptron.hidden=5000"))
        .hasMessage("Cannot build a perceptron of over 1000 hidden units: choose fewer.");
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    assertThatThrownBy(() -> new PluginJar("namesake").during(() -> experiment("epochs=3")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot choose sparsity.method = l0: org.espalier.experiment.Namesake and org.espalier.engine.stochastic.L0Regularisation$Provider both have that name; take one of them off the class path.");
  }

  @Test
  void aLineThatNamesNoClassIsRefused() {
    assertThatThrownBy(() -> new PluginJar("misspelt").during(() -> experiment("epochs=3")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot load what META-INF/services/org.espalier.sparsity.MaskingMethodProvider names: org.espalier.sparsity.MaskingMethodProvider: Provider org.espalier.experiment.Nowhere not found; mend that line, or take its jar off the class path.");
  }

  private Experiment with(String hocon) throws Exception {
    return JAR.during(() -> experiment(hocon));
  }

  private Experiment experiment(String hocon) {
    return Experiment.resolve(
        ConfigFactory.parseString(hocon)
            .withFallback(ConfigFactory.parseMap(Map.of("data", folder.toString()))),
        new Configuration());
  }
}
