package org.espalier.engine.decoding;

import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The way in which a kind of network scores next tokens; it travels to where networks are. */
@FunctionalInterface
public interface TokenScorer extends Serializable {
  /**
   * Scores by a trained network, with the parameters and under the masks that it has, as in
   * evaluation. The network must stay as it is, and open, until the scores are closed.
   */
  NextTokens of(ComputationGraph trained);
}
