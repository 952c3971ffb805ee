package org.espalier.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Manifests of shards that do not exist. */
public final class Manifests {
  private static final String SHA_256 = "0123456789abcdef".repeat(4);

  private Manifests() {}

  public static Shard shard(String split, int number, Integer... rowGroups) {
    return new Shard(
        DatasetLayout.shard(split, number), 100 + number, SHA_256, Arrays.asList(rowGroups));
  }

  public static DatasetManifest small() {
    return new DatasetManifest(
        "few",
        FewImages.KIND.schema(),
        Map.of(
            Split.TRAIN, new Split(List.of(shard("train", 0, 4, 2), shard("train", 1, 3))),
            Split.TEST, new Split(List.of(shard("test", 0, 1)))));
  }
}
