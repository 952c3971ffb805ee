package org.espalier.wmt14;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.source.RowSink;

/**
 * Packs pairs into rows as tensor2tensor's {@code pack_examples} does: a pair goes into the first
 * of up to ten open rows that has place for it on both sides; where none has, the oldest row is
 * handed on if there are ten, and a new one is opened.
 */
final class PairPacker {
  private static final int OPEN_ROWS = 10;

  private final SentencePairs kind;
  private final RowSink sink;
  private final Deque<OpenRow> open = new ArrayDeque<>();

  PairPacker(SentencePairs kind, RowSink sink) {
    this.kind = kind;
    this.sink = sink;
  }

  /** Takes a pair, of which neither side is longer than a row. */
  void add(int[] source, int[] target) throws IOException {
    for (OpenRow row : open) {
      if (row.add(source, target)) {
        return;
      }
    }
    if (open.size() == OPEN_ROWS) {
      sink.accept(open.removeFirst().row(kind));
    }
    OpenRow row = new OpenRow(kind.length());
    row.add(source, target);
    open.addLast(row);
  }

  /** Hands on the open rows, in their order. */
  void flush() throws IOException {
    while (!open.isEmpty()) {
      sink.accept(open.removeFirst().row(kind));
    }
  }
}
