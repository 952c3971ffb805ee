package org.espalier.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationsTest {
  @TempDir private Path folder;

  @Test
  void argumentsTakeThePlaceOfWhatTheFileSays() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "workers = 8, sparsity.target = 0.9");
    Config config =
        Configurations.resolve(List.of(file), List.of("workers=2", "data=hdfs://name:1/a=b"))
            .get(0);
    assertThat(config.getInt("workers")).isEqualTo(2);
    assertThat(config.getString("data")).isEqualTo("hdfs://name:1/a=b");
    assertThat(config.getDouble("sparsity.target")).isEqualTo(0.9);
  }

  @Test
  void aListMayBeWrittenAsInAFile() {
    for (String list : List.of("0, 0.5,3", "[0, 0.5,3]")) {
      Config config =
          Configurations.resolve(List.of(), List.of("sparsity.thresholds=" + list)).get(0);
      assertThat(config.getString("sparsity.thresholds")).isEqualTo("0, 0.5,3");
    }
  }

  @Test
  void anArgumentWithoutAKeyIsRefused() {
    for (String argument : List.of("workers", "=8")) {
      assertThatThrownBy(() -> Configurations.resolve(List.of(), List.of(argument)))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot read the argument '%s': configuration is given as KEY=VALUE, such as workers=8."
                  .formatted(argument));
    }
  }
}
