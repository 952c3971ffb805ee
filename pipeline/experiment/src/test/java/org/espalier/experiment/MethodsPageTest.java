package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.base.settings.Key;
import org.espalier.sparsity.Distributions;
import org.espalier.sparsity.SparsitySchedules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/methods.md says in code, keys and names is what there is. */
class MethodsPageTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
  private static final Path SOURCES =
      ROOT.resolve("pipeline/sparsity/src/test/java/org/espalier/sparsity");

  @ParameterizedTest
  @ValueSource(strings = {"LampPruning.java", "LampPruningTest.java"})
  void theExampleIsASourceFileThatIsCompiledAndTested(String file) throws IOException {
    assertThat(JAVA.matcher(page()).results().map(block -> block.group(1)))
        .as("docs/methods.md shows %s as it is", file)
        .contains(Files.readString(SOURCES.resolve(file)));
  }

  @Test
  void everyKeyOfSparsityIsThereWithItsDefaultAndNoOtherIs() throws IOException {
    Stream<String> rows =
        Pattern.compile("^\\| `(sparsity\\.[A-Za-z0-9.]+)` \\| `([^`]*)` \\|", Pattern.MULTILINE)
            .matcher(page())
            .results()
            .map(row -> row.group(1) + " = " + row.group(2));
    Stream<String> keys =
        ExperimentKeys.all().single().stream()
            .filter(key -> key.path().startsWith("sparsity."))
            .map(key -> key.path() + " = " + fallback(key));

    assertThat(rows).containsExactlyElementsOf(keys.toList());
  }

  @Test
  void everyMethodHasASectionOfItsOwn() throws IOException {
    List<String> methods = SparsityMethods.choice().names();

    assertThat(
            Pattern.compile("^### `([a-z0-9-]+)`$", Pattern.MULTILINE)
                .matcher(page())
                .results()
                .map(MatchResult::group)
                .map(heading -> heading.replaceAll("[# `]", "")))
        .containsExactlyElementsOf(methods);
  }

  @Test
  void everySchedulingAndSharingNameIsExplained() throws IOException {
    String page = page();
    for (List<String> names : List.of(SparsitySchedules.names(), Distributions.names())) {
      for (String name : names) {
        assertThat(page).contains("| `" + name + "` | ");
      }
    }
  }

  private static String fallback(Key<?> key) {
    return key.fallback().orElseThrow();
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/methods.md"));
  }
}
