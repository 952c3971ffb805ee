package org.espalier.tasks.translation.search;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.engine.decoding.NextTokens;

/**
 * The search for the translation of highest probability over its length penalty, several sentences
 * at a time. Of two hypotheses that are equal the one comes first whose parent does, then the one
 * with the lower token; a sentence's translation does not depend on those beside it in more than
 * the network's scores do.
 *
 * @param beam how wide and how long the search is
 */
public record BeamSearch(Beam beam) {
  /**
   * The translations of sentences, in their order.
   *
   * @param network which scores the next token
   * @param sources tokens of each sentence, their end included, at least 1
   * @throws ArithmeticException if a score is no number
   */
  public List<Hypothesis> translate(NextTokens network, List<int[]> sources) {
    List<SentenceBeam> sentences =
        sources.stream().map(source -> new SentenceBeam(beam, source.length)).toList();
    int width = beam.width();
    int[] parents = new int[sentences.size() * width];
    int[] appended = new int[parents.length];
    float[] logProbabilities = new float[Math.multiplyExact(parents.length, network.tokens())];
    network.begin(sources, width);
    network.next(null, null, logProbabilities);
    while (!advance(sentences, logProbabilities, network.tokens())) {
      for (int i = 0; i < parents.length; i++) {
        int sentence = i / width;
        parents[i] = sentence * width + sentences.get(sentence).parent(i % width);
        appended[i] = sentences.get(sentence).appended(i % width);
      }
      network.next(parents, appended, logProbabilities);
    }
    return sentences.stream().map(SentenceBeam::best).toList();
  }

  /** Whether all are done after the step. */
  private boolean advance(List<SentenceBeam> sentences, float[] logProbabilities, int tokens) {
    IntStream.range(0, sentences.size())
        .filter(i -> !sentences.get(i).isDone())
        .forEach(
            i -> sentences.get(i).advance(logProbabilities, i * beam.width() * tokens, tokens));
    return sentences.stream().allMatch(SentenceBeam::isDone);
  }
}
