package org.espalier.experiment.reversal;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Mix64;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.source.RowSink;
import org.espalier.datasets.source.RowSource;

/**
 * Strings that are drawn: lengths and digits are functions of the split's name and the row.
 *
 * @param longest most digits of a string
 * @param training number of training strings
 * @param test number of test strings
 */
public record GeneratedDigitStrings(int longest, long training, long test) implements RowSource {
  private static final int RADIX = 10;

  @Override
  public String name() {
    return "digit-strings";
  }

  @Override
  public DigitStrings kind() {
    return new DigitStrings(longest);
  }

  @Override
  public SortedMap<String, Long> rows() {
    return new TreeMap<>(Map.of(Split.TRAIN, training, Split.TEST, test));
  }

  @Override
  public void read(String split, RowRange range, Configuration hadoop, RowSink sink)
      throws IOException {
    for (long row = range.from(); row < range.to(); row++) {
      long key = Mix64.key(Mix64.of(split), row);
      int[] digits = new int[1 + below(longest, key, 0)];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = below(RADIX, key, i + 1);
      }
      sink.accept(DigitStrings.row(digits));
    }
  }

  private static int below(int bound, long key, int index) {
    return (int) Long.remainderUnsigned(Mix64.at(key, index), bound);
  }
}
