package org.espalier.averaging.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsTest {
  @Test
  void upToTheLimitEveryoneDealsWithTheOwner() {
    Groups groups = Groups.of(64, 64);
    for (int owner = 0; owner < 64; owner++) {
      assertThat(groups.relay(owner, 63 - owner)).isEqualTo(owner);
    }
  }

  @Test
  void theRelayIsTheMemberAtTheOwnersPlace() {
    Groups groups = Groups.of(9, 8);
    assertThat(groups.count()).isEqualTo(3);
    assertThat(groups.relay(7, 0)).isEqualTo(1);
    assertThat(groups.relay(7, 5)).isEqualTo(4);
    assertThat(groups.relay(7, 6)).isEqualTo(7);
    assertThat(groups.first(5)).isEqualTo(3);
    assertThat(groups.end(5)).isEqualTo(6);
  }

  @Test
  void groupsDifferByOneMember() {
    Groups groups = Groups.of(5, 1);
    assertThat(groups.count()).isEqualTo(3);
    assertThat(groups.end(0)).isEqualTo(1);
    assertThat(groups.first(2)).isEqualTo(1);
    assertThat(groups.end(2)).isEqualTo(3);
    assertThat(groups.first(4)).isEqualTo(3);
    assertThat(groups.relay(2, 0)).isZero();
    assertThat(groups.relay(2, 3)).isEqualTo(4);
    assertThat(groups.relay(0, 4)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"8, 2", "64, 8", "128, 8", "1024, 32", "100, 10"})
  void groupsOfAPowerOfTwoAreRangesOfTheTreeOfMeans(int owners, int count) {
    assertThat(Groups.of(owners, 1).count()).isEqualTo(count);
  }

  /** A process hands in to its group, and as a relay goes on to the owners at its own place. */
  @ParameterizedTest
  @CsvSource({"65, 26", "100, 20", "128, 34", "1024, 64"})
  void aProcessDealsWithFew(int owners, int few) {
    Groups groups = Groups.of(owners, 64);
    for (int process = 0; process < owners; process++) {
      Set<Integer> peers = new HashSet<>();
      for (int owner = 0; owner < owners; owner++) {
        peers.add(groups.relay(owner, process));
        boolean relays = false;
        for (int member = groups.first(process); member < groups.end(process); member++) {
          relays |= groups.relay(owner, member) == process;
        }
        if (relays) {
          peers.add(owner);
        }
      }
      assertThat(peers.size()).as("process %d", process).isLessThanOrEqualTo(few);
    }
  }
}
