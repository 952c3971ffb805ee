package org.espalier.experiment;

import org.espalier.engine.decoding.TokenScorer;
import org.espalier.tasks.translation.search.Beam;

/**
 * How the sentences of a test split are translated.
 *
 * @param scorer of the network's next tokens
 * @param beam of the search
 * @param sentences most of them, at least 1
 */
record SentenceSearch(TokenScorer scorer, Beam beam, int sentences) {}
