package org.espalier.imagenet;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import org.espalier.base.Sha256;

/**
 * The files of one shard, added up.
 *
 * @param partition that lists them
 * @param fingerprint SHA-256 of all that decides the shard's bytes: options, and every file's name,
 *     place, length, time of change and label
 */
record ListedShard(int partition, long files, String fingerprint) implements Serializable {

  static ListedShard of(int partition, Iterator<ImageFile> listed, String options) {
    MessageDigest digest = Sha256.digest();
    digest.update(options.getBytes(StandardCharsets.UTF_8));
    long files = 0;
    while (listed.hasNext()) {
      digest.update(listed.next().toString().getBytes(StandardCharsets.UTF_8));
      files++;
    }
    return new ListedShard(partition, files, Sha256.hex(digest.digest()));
  }
}
