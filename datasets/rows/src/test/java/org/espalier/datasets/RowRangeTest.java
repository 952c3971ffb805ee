package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowRangeTest {
  @Test
  void sharesCoverAllRowsAndDifferByAtMostOne() {
    for (int parts = 1; parts <= 40; parts++) {
      long next = 0;
      for (int part = 0; part < parts; part++) {
        RowRange share = RowRange.share(31, part, parts);
        assertThat(share.from()).isEqualTo(next);
        assertThat(share.rows()).isBetween(31L / parts, 31L / parts + 1);
        next = share.to();
      }
      assertThat(next).isEqualTo(31);
    }
  }

  @Test
  void sharesOfBillionsOfRowsDoNotOverflow() {
    RowRange last = RowRange.share(3_000_000_001L, 99_999, 100_000);
    assertThat(last).isEqualTo(new RowRange(2_999_970_000L, 3_000_000_001L));
  }

  @Test
  void whatIsNoRangeIsNotAccepted() {
    assertThatThrownBy(() -> new RowRange(5, 4))
        .hasMessage("Cannot have the rows 5 to 4: they must not be negative or reversed");
    assertThatThrownBy(() -> RowRange.share(10, 3, 3))
        .hasMessage("Cannot take part 3 of 3: parts are numbered from 0");
  }
}
