package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetManifestTest {
  @Test
  void aManifestSurvivesItsFile() {
    DatasetManifest manifest = Manifests.small();
    assertThat(DatasetManifest.parse(manifest.json())).isEqualTo(manifest);
    assertThat(DatasetManifest.parse(manifest.json()).hash()).isEqualTo(manifest.hash());
  }

  @Test
  void theHashOfAManifestNeverChanges() {
    assertThat(Manifests.small().hash())
        .isEqualTo("399dd00aa824b979f6fb9ea17c36b0794904ddd0c0578012e2dc9ae11788b8fc");
  }

  @Test
  void whiteSpaceAndTheOrderOfMembersDoNotChangeTheHash() {
    String shuffled =
        """
        {"classes":5,"image":{"width":2,"height":3,"channels":2},"name":"few","splits":{
          "train":{"shards":[{"rowGroups":[2],"path":"train/part-00000.parquet","bytes":9,
            "sha256":"%1$s"}]}},"schemaVersion":1}
        """
            .formatted("a".repeat(64));
    Shard shard = new Shard("train/part-00000.parquet", 9, "a".repeat(64), List.of(2));
    DatasetManifest same =
        new DatasetManifest(
            "few", new ImageShape(2, 3, 2), 5, Map.of("train", new Split(List.of(shard))));
    assertThat(DatasetManifest.parse(shuffled).hash()).isEqualTo(same.hash());
  }

  @Test
  void aManifestCountsItsRows() {
    Split train = Manifests.small().splits().get(Split.TRAIN);
    assertThat(train.rows()).isEqualTo(9);
    assertThat(train.shards().get(0).rows()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\" : 1 | \"schemaVersion\" : 2 | it has schema version 2 and this version",
        "\"schemaVersion\" : 1 | \"schemaVersion\" : 0 | Cannot have schema version 0: it must be 1",
        "\"schemaVersion\"     | \"version\"           | it has no schemaVersion",
        "\"classes\" : 5       | \"classes\" : 5.5     | Cannot coerce Floating-point value (5.5)",
        "\"classes\" : 5       | \"classes\" : \"5\"   | Cannot coerce String value (\"5\")",
        "\"classes\" : 5       | \"classes\" : 0       | Cannot have 0 classes",
        "\"classes\" : 5,      | \"classes\" : 5, \"x\" : 1, | Unrecognized field \"x\"",
        "\"classes\" : 5,      | ''                    | Missing creator property 'classes'",
        "\"classes\" : 5,      | \"name\" : \"few\",   | Duplicate field 'name'",
        "\"name\" : \"few\"    | \"name\" : null       | Null value for creator property 'name'",
        "\"height\" : 3        | \"height\" : 0        | Cannot have images of 2x0x2",
        "[ 4, 2 ]              | [ 4, 0 ]              | with the row groups [4, 0]: none is empty",
        "[ 4, 2 ]              | [ ]                   | with the row groups []: none is empty",
        "\"bytes\" : 101       | \"bytes\" : 0         | of 0 bytes: it must not be empty",
        "train/part-00001      | ../part-00001         | must stay inside the dataset's folder",
        "train/part-00001      | /train/part-00001     | must stay inside the dataset's folder",
        "0123456789abcdef      | 0123456789ABCDEF      | it must be 64 hex",
        "{                     | hello {               | Unrecognized token 'hello'",
      })
  void whatIsNoManifestIsNotRead(String part, String replacement, String reason) {
    String broken = Manifests.small().json().replace(part, replacement);
    assertThatThrownBy(() -> DatasetManifest.parse(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
