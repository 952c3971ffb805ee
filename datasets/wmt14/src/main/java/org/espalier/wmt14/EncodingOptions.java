package org.espalier.wmt14;

import java.io.Serializable;
import java.util.List;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.prepare.RowGroupSize;

/**
 * What decides how pairs become rows.
 *
 * @param rules by which pairs of the training text are dropped, the first that applies
 */
record EncodingOptions(SentencePairs kind, List<CleaningRule> rules, RowGroupSize rowGroups)
    implements Serializable {}
