package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void anUnknownKeyIsAnsweredWithTheNearestOnes() {
    assertThatThrownBy(() -> settings("data=x\nworker=4"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(
            "Cannot use the configuration key 'worker': it is unknown; did you mean workers, ");
  }

  @Test
  void aMissingKeyIsNamedWithWhatItMeans() {
    assertThatThrownBy(() -> settings("workers=4"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot run the experiment: data is not set (prepared dataset: URI of the folder with manifest.json); add data=VALUE.");
  }

  @Test
  void aValueOutOfRangeIsNamedWithItsRange() {
    assertThatThrownBy(() -> settings("data=x\nsparsity.target=1.5"))
        .hasMessage(
            "Cannot use sparsity.target = 1.5: it must be a number of at least 0 and below 1.");
    assertThatThrownBy(() -> settings("data=x\nsparsity.target=-0.1"))
        .hasMessageStartingWith("Cannot use sparsity.target = -0.1: it must be");
    assertThatThrownBy(() -> settings("data=x\nworkers=many"))
        .hasMessage("Cannot use workers = many: it must be a whole number of at least 1.");
    assertThatThrownBy(() -> settings("data=x\nworkers=2.5"))
        .hasMessage("Cannot use workers = 2.5: it must be a whole number of at least 1.");
    assertThatThrownBy(() -> settings("data=x\noptimiser.rule=adamm"))
        .hasMessage("Cannot use optimiser.rule = adamm: it must be one of adam, nesterov, sgd.");
  }

  @Test
  void aListWhereOneValueIsExpectedIsRefused() {
    assertThatThrownBy(() -> settings("data=x\nworkers=[1,2]"))
        .hasMessage("Cannot use workers = 1, 2: it must be a whole number of at least 1.");
  }

  @Test
  void theCanonicalTextLeavesDefaultsOut() {
    assertThat(canonical(settings("data=x\nworkers=8\nepochs=3"), "cafe"))
        .isEqualTo("data=cafe\nepochs=3\n");
  }

  @Test
  void filesThatMeanTheSameHaveTheSameCanonicalText() {
    String nested =
        "data=a\noptimiser { learningRate = 1e-2 }\nsparsity.tensors { \"fc3/W\" = 0.50 }";
    String flat = "data=b\noptimiser.learningRate=0.01\nsparsity.tensors.\"fc3/W\"=0.5";
    assertThat(canonical(settings(nested), "cafe"))
        .isEqualTo(canonical(settings(flat), "cafe"))
        .isEqualTo("data=cafe\noptimiser.learningRate=0.01\nsparsity.tensors.fc3/W=0.5\n");
  }

  @Test
  void theFullTextReadsBackAsTheSameSettings() {
    Settings settings =
        settings("data=\"s3a://b/c\"\nsparsity.tensors { \"fc3/W\" = 0.5 }\nworkers=2");
    Settings again = settings(Hocon.text(settings));
    assertThat(Hocon.text(again)).isEqualTo(Hocon.text(settings));
    assertThat(canonical(again, "x")).isEqualTo(canonical(settings, "x"));
  }

  private static String canonical(Settings settings, String data) {
    return Settings.lines(settings.canonical(Map.of("data", data)));
  }

  private static Settings settings(String hocon) {
    return Settings.of(ExperimentKeys.all(), Hocon.written(ConfigFactory.parseString(hocon)));
  }
}
