package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MaskMismatchTest {
  @Test
  void theSentenceNamesWorkerExecutorAndBothHashes() {
    assertThatThrownBy(() -> MaskMismatch.check(3, "7", 0x1234L, 0xABCDL))
        .isInstanceOf(MaskMismatch.class)
        .hasMessage(
            "Cannot train: worker 3 on executor 7 holds masks 000000000000abcd where the round asks for 0000000000001234.");
  }

  @Test
  void equalMasksPass() {
    MaskMismatch.check(0, "driver", 5, 5);
  }
}
