package org.espalier.text.subwords;

import java.util.Arrays;
import java.util.List;

/** A trie of subwords over UTF-16, whose edges lie in one hash table. Immutable once built. */
final class SubwordTrie {
  private static final int ROOT = 0;
  private static final int NONE = -1;

  private long[] edges = new long[1 << 10];
  private int[] children = new int[edges.length];
  private int[] ids = new int[edges.length / 2];
  private int nodes = 1;

  /** A trie of the subwords from {@code first} on, each with its place in the list. */
  SubwordTrie(List<String> subwords, int first) {
    Arrays.fill(ids, NONE);
    for (int id = first; id < subwords.size(); id++) {
      insert(subwords.get(id), id);
    }
  }

  /**
   * Splits {@code text[0, length)} into subwords, always the longest that fits, and writes their
   * ids from {@code into[at]} on, at most {@code length} of them.
   *
   * @return the place after the last id
   */
  int split(char[] text, int length, int[] into, int at) {
    int end = at;
    int from = 0;
    while (from < length) {
      int node = ROOT;
      int id = NONE;
      int after = from;
      for (int i = from; i < length; i++) {
        node = child(node, text[i]);
        if (node == NONE) {
          break;
        }
        if (ids[node] != NONE) {
          id = ids[node];
          after = i + 1;
        }
      }
      if (id == NONE) {
        throw new IllegalStateException(
            "No subword begins with U+%04X: every character of the alphabet must be one"
                .formatted((int) text[from]));
      }
      into[end++] = id;
      from = after;
    }
    return end;
  }

  private int child(int node, char c) {
    int slot = slot(edge(node, c));
    return edges[slot] == 0 ? NONE : children[slot];
  }

  private void insert(String subword, int id) {
    int node = ROOT;
    for (int i = 0; i < subword.length(); i++) {
      long edge = edge(node, subword.charAt(i));
      int slot = slot(edge);
      if (edges[slot] == 0) {
        if (nodes == ids.length) {
          grow();
          slot = slot(edge);
        }
        edges[slot] = edge;
        children[slot] = nodes++;
      }
      node = children[slot];
    }
    ids[node] = id;
  }

  /** Doubles the table, of which half the slots are taken at most. */
  private void grow() {
    long[] oldEdges = edges;
    int[] oldChildren = children;
    edges = new long[2 * oldEdges.length];
    children = new int[edges.length];
    for (int old = 0; old < oldEdges.length; old++) {
      if (oldEdges[old] != 0) {
        int slot = slot(oldEdges[old]);
        edges[slot] = oldEdges[old];
        children[slot] = oldChildren[old];
      }
    }
    ids = Arrays.copyOf(ids, edges.length / 2);
    Arrays.fill(ids, nodes, ids.length, NONE);
  }

  /** An edge as a number other than 0, which marks an empty slot. */
  private static long edge(int node, char c) {
    return (long) (node + 1) << Character.SIZE | c;
  }

  /** The slot of an edge, or the empty one where it belongs. */
  private int slot(long edge) {
    int mask = edges.length - 1;
    int slot = (int) ((edge * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (edges[slot] != 0 && edges[slot] != edge) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
