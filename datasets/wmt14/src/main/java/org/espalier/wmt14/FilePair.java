package org.espalier.wmt14;

import java.io.Serializable;
import org.espalier.base.Refusal;

/** A file of sentences and one of their translations, as many, in the same order. */
record FilePair(ScannedFile source, ScannedFile target) implements Serializable {

  /**
   * @throws Refusal if one has more sentences than the other
   */
  FilePair {
    if (source.sentences() != target.sentences()) {
      throw new Refusal(
          "Cannot pair %s with %s: the first has %d %ss and the second %d %ss; name two files of which each %s translates the same one of the other."
              .formatted(
                  source.text().location(),
                  target.text().location(),
                  source.sentences(),
                  source.text().form().unit(),
                  target.sentences(),
                  target.text().form().unit(),
                  source.text().form().unit()));
    }
  }

  long pairs() {
    return source.sentences();
  }
}
