package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowGroupIndexTest {
  private final RowGroupIndex index =
      new RowGroupIndex(
          new Split(
              List.of(Manifests.shard("train", 0, 4, 2), Manifests.shard("train", 1, 3, 1, 5))));

  @Test
  void everyRowIsFoundInItsRowGroup() {
    int[] expected = {0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4, 4, 4, 4};
    assertThat(index.rows()).isEqualTo(expected.length);
    for (int row = 0; row < expected.length; row++) {
      assertThat(index.groupOf(row)).isEqualTo(expected[row]);
    }
  }

  @Test
  void everyRowGroupIsFoundInItsShard() {
    assertThat(index.groups()).isEqualTo(5);
    assertThat(index.shardOf(1)).isEqualTo(0);
    assertThat(index.placeInShard(1)).isEqualTo(1);
    assertThat(index.shardOf(4)).isEqualTo(1);
    assertThat(index.placeInShard(4)).isEqualTo(2);
    assertThat(index.firstRow(4)).isEqualTo(10);
    assertThat(index.rowsIn(4)).isEqualTo(5);
  }

  @Test
  void rowsOutsideTheSplitAreNotFound() {
    assertThatThrownBy(() -> index.groupOf(15)).hasMessage("There is no row 15 in a split of 15");
    assertThatThrownBy(() -> index.groupOf(-1)).hasMessage("There is no row -1 in a split of 15");
  }
}
