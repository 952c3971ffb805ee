package org.espalier.datasets.shards;

import java.io.IOException;

/** A shard that is missing, damaged or not the one that the manifest means. */
public final class UnreadableShardException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableShardException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
