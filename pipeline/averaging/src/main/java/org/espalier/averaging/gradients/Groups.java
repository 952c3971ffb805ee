package org.espalier.averaging.gradients;

import java.io.Serializable;
import org.apache.spark.SparkConf;

/**
 * The groups in which the owners of a stretch exchange, so that a process speaks with about twice
 * the square root of their number in place of all. In its own group every process has a relay for
 * each shard whose owner is in another: the member at the owner's place, which merges what the
 * group hands in and fetches the parameters for it.
 *
 * @param owners number of owners
 * @param count number of groups, which differ by one member at most
 */
public record Groups(int owners, int count) implements Serializable {
  /**
   * Spark property: number of executors up to which each of them exchanges with every other; more
   * exchange in two levels. {@value #GROUPS_ABOVE_DEFAULT} by default, at least 1.
   */
  public static final String GROUPS_ABOVE = "spark.espalier.exchange.groupsAbove";

  private static final int GROUPS_ABOVE_DEFAULT = 64;
  private static final long serialVersionUID = 1L;

  /** The groups in which so many owners exchange. */
  public static Groups of(int owners, SparkConf conf) {
    return of(owners, conf.getInt(GROUPS_ABOVE, GROUPS_ABOVE_DEFAULT));
  }

  /**
   * One group up to a limit, and beyond it about as many as a group has members. Where the owners
   * are a power of two the groups are, so that the workers of a group are a range of the tree of
   * means and one mean leaves it.
   *
   * @param limit at least 1
   */
  public static Groups of(int owners, int limit) {
    if (owners <= limit) {
      return new Groups(owners, 1);
    }
    int root = (int) Math.ceil(Math.sqrt(owners));
    return new Groups(owners, Integer.bitCount(owners) == 1 ? Integer.highestOneBit(root) : root);
  }

  /** Position of the process that a member deals with for the shards of an owner. */
  public int relay(int owner, int member) {
    int first = first(member);
    int end = end(member);
    return owner >= first && owner < end ? owner : first + (owner - first(owner)) % (end - first);
  }

  /** Position of the first member of a member's group. */
  public int first(int member) {
    return start(group(member));
  }

  /** Position after that of the last member of a member's group. */
  public int end(int member) {
    return start(group(member) + 1);
  }

  private int start(int group) {
    return (int) ((long) group * owners / count);
  }

  /** The group that a member belongs to. */
  public int group(int member) {
    return (int) (((member + 1L) * count - 1) / owners);
  }
}
