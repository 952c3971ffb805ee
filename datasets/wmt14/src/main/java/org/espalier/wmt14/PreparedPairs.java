package org.espalier.wmt14;

import java.util.SortedMap;
import org.espalier.datasets.DatasetManifest;
import org.espalier.text.subwords.Vocabulary;

/**
 * A dataset of sentence pairs that was published.
 *
 * @param tallies what became of each split's pairs
 */
public record PreparedPairs(
    DatasetManifest manifest, Vocabulary vocabulary, SortedMap<String, SplitTally> tallies) {}
