package org.espalier.results.paper;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finished runs as a table in the manner of the paper's. */
public interface PaperTable {

  /** For a terminal, ASCII only, in percent; means over seeds. */
  String asText();

  /**
   * Comma-separated values, a row per operating point, with the columns {@code
   * network,method,penalty,threshold,seed,epochs,sparsity}, one per metric with the leading one
   * first, and {@code run}; fractions, not percent.
   */
  String asCsv();

  /** Writes {@link #asText} in place of an older file; returns the file's full path. */
  default Path writeText(Path file, Configuration hadoop) {
    return TextFile.write(file, asText(), hadoop);
  }

  /** Writes {@link #asCsv} in place of an older file; returns the file's full path. */
  default Path writeCsv(Path file, Configuration hadoop) {
    return TextFile.write(file, asCsv(), hadoop);
  }
}
