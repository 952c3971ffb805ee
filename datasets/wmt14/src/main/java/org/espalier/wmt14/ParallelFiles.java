package org.espalier.wmt14;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;

/** Files of sentences and of their translations, which were found to be there. */
public final class ParallelFiles {
  private final List<TextFile> sources;
  private final List<TextFile> targets;

  private ParallelFiles(List<TextFile> sources, List<TextFile> targets) {
    this.sources = sources;
    this.targets = targets;
  }

  /**
   * Looks at files.
   *
   * @param sources URIs of any Hadoop file system
   * @param targets their translations, in the same order
   * @throws Refusal if there are not as many of them, or one is missing, empty, or cannot be read
   */
  public static ParallelFiles open(
      List<String> sources, List<String> targets, Configuration hadoop) {
    if (sources.size() != targets.size() || sources.isEmpty()) {
      throw new Refusal(
          "Cannot pair %d files of source sentences with %d of target sentences: there must be as many, and one at least; name them in the same order."
              .formatted(sources.size(), targets.size()));
    }
    return new ParallelFiles(open(sources, hadoop), open(targets, hadoop));
  }

  List<TextFile> sources() {
    return sources;
  }

  List<TextFile> targets() {
    return targets;
  }

  private static List<TextFile> open(List<String> uris, Configuration hadoop) {
    return uris.stream().map(uri -> TextFile.of(uri, hadoop)).toList();
  }
}
