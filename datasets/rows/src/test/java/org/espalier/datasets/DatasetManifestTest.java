package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetManifestTest {
  private static final String VERSION_1 =
      """
      {
        "schemaVersion" : 1,
        "name" : "few",
        "image" : {
          "channels" : 2,
          "height" : 3,
          "width" : 2
        },
        "classes" : 5,
        "splits" : {
          "test" : {
            "shards" : [ {
              "path" : "test/part-00000.parquet",
              "bytes" : 100,
              "sha256" : "%1$s",
              "rowGroups" : [ 1 ]
            } ]
          },
          "train" : {
            "shards" : [ {
              "path" : "train/part-00000.parquet",
              "bytes" : 100,
              "sha256" : "%1$s",
              "rowGroups" : [ 4, 2 ]
            }, {
              "path" : "train/part-00001.parquet",
              "bytes" : 101,
              "sha256" : "%1$s",
              "rowGroups" : [ 3 ]
            } ]
          }
        }
      }
      """
          .formatted("0123456789abcdef".repeat(4));

  @Test
  void aManifestSurvivesItsFile() {
    DatasetManifest manifest = Manifests.small();
    assertThat(DatasetManifest.parse(manifest.json())).isEqualTo(manifest);
    assertThat(DatasetManifest.parse(manifest.json()).hash()).isEqualTo(manifest.hash());
  }

  @Test
  void theHashOfAManifestNeverChanges() {
    assertThat(Manifests.small().hash())
        .isEqualTo("cd569e95d45bba80ad639ed17adabaf8540721008f6d815a3d638ffb62068505");
  }

  @Test
  void whiteSpaceAndTheOrderOfMembersDoNotChangeTheHash() {
    String shuffled =
        """
        {"attributes":{"width":2,"classes":5,"height":3,"channels":2},"name":"few","splits":{
          "train":{"shards":[{"rowGroups":[2],"path":"train/part-00000.parquet","bytes":9,
            "sha256":"%1$s"}]}},"columns":[{"type":"bytes","name":"pixels","compression":"zstd"},
            {"compression":"zstd","type":"int","name":"label"}],"kind":"pixels","schemaVersion":2}
        """
            .formatted("a".repeat(64));
    Shard shard = new Shard("train/part-00000.parquet", 9, "a".repeat(64), List.of(2));
    DatasetManifest same =
        new DatasetManifest(
            "few", FewImages.KIND.schema(), Map.of("train", new Split(List.of(shard))));
    assertThat(DatasetManifest.parse(shuffled).hash()).isEqualTo(same.hash());
  }

  @Test
  void aManifestCountsItsRows() {
    Split train = Manifests.small().splits().get(Split.TRAIN);
    assertThat(train.rows()).isEqualTo(9);
    assertThat(train.shards().get(0).rows()).isEqualTo(6);
  }

  @Test
  void aManifestOfVersion1IsReadAsPixelsAndKeepsItsHash() {
    DatasetManifest manifest = DatasetManifest.parse(VERSION_1);
    assertThat(manifest.hash())
        .isEqualTo("399dd00aa824b979f6fb9ea17c36b0794904ddd0c0578012e2dc9ae11788b8fc");
    assertThat(manifest.schemaVersion()).isEqualTo(1);
    assertThat(manifest.schema()).isEqualTo(FewImages.KIND.schema());
    assertThat(manifest.splits()).isEqualTo(Manifests.small().splits());
    assertThat(DatasetManifest.parse(manifest.json())).isEqualTo(manifest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\" : 1 | \"schemaVersion\" : 0 | Cannot have schema version 0: it must be 1",
        "\"schemaVersion\"     | \"version\"           | it has no schemaVersion",
        "\"classes\" : 5       | \"classes\" : 5.5     | Cannot coerce Floating-point value (5.5)",
        "\"classes\" : 5       | \"classes\" : \"5\"   | Cannot coerce String value (\"5\")",
        "\"classes\" : 5       | \"classes\" : 0       | Cannot have 0 classes",
        "\"classes\" : 5,      | \"classes\" : 5, \"x\" : 1, | Unrecognized field \"x\"",
        "\"classes\" : 5,      | ''                    | Missing creator property 'classes'",
        "\"height\" : 3        | \"height\" : 0        | Cannot have images of 2x0x2",
      })
  void whatIsNoManifestOfVersion1IsNotRead(String part, String replacement, String reason) {
    assertNotRead(VERSION_1, part, replacement, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\" : 2 | \"schemaVersion\" : 3 | it has schema version 3 and this version",
        "\"schemaVersion\" : 2 | \"schemaVersion\" : 0 | Cannot have schema version 0: it must be 1",
        "\"schemaVersion\"     | \"version\"           | it has no schemaVersion",
        "\"classes\" : 5       | \"classes\" : 5.5     | attribute 'classes' of 5.5: it must be a",
        "\"classes\" : 5       | \"classes\" : null    | attribute 'classes' of null: it must be a",
        "\"classes\" : 5       | \"classes\" : [5]     | attribute 'classes' of [5]: it must be a",
        "\"kind\" : \"pixels\" | \"kind\" : \" \"      | a kind of data without a name",
        "\"type\" : \"int\"    | \"type\" : \"floats\" | it must be one of [bytes, int, ints, text]",
        "\"zstd\"              | \"lzo\"               | it must be one of [none, zstd]",
        "\"name\" : \"label\"  | \"name\" : \"pixels\" | Cannot have two columns called 'pixels'",
        "\"name\" : \"label\"  | \"name\" : \"a b\"    | Cannot have a column called 'a b'",
        "\"kind\" : \"pixels\", | \"kind\" : \"pixels\", \"x\" : 1, | Unrecognized field \"x\"",
        "\"kind\" : \"pixels\", | ''                    | Missing creator property 'kind'",
        "\"kind\" : \"pixels\", | \"name\" : \"few\",   | Duplicate field 'name'",
        "\"name\" : \"few\"    | \"name\" : null       | Null value for creator property 'name'",
        "[ 4, 2 ]              | [ 4, 0 ]              | with the row groups [4, 0]: none is empty",
        "[ 4, 2 ]              | [ ]                   | with the row groups []: none is empty",
        "\"bytes\" : 101       | \"bytes\" : 0         | of 0 bytes: it must not be empty",
        "train/part-00001      | ../part-00001         | must stay inside the dataset's folder",
        "train/part-00001      | /train/part-00001     | must stay inside the dataset's folder",
        "0123456789abcdef      | 0123456789ABCDEF      | it must be 64 hex",
        "{                     | hello {               | Unrecognized token 'hello'",
      })
  void whatIsNoManifestIsNotRead(String part, String replacement, String reason) {
    assertNotRead(Manifests.small().json(), part, replacement, reason);
  }

  private static void assertNotRead(String json, String part, String replacement, String reason) {
    assertThat(json).contains(part);
    String broken = json.replace(part, replacement);
    assertThatThrownBy(() -> DatasetManifest.parse(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
