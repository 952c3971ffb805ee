package org.espalier.tasks.translation.search;

import java.util.ArrayList;
import java.util.List;
import org.espalier.base.Mix64;
import org.espalier.engine.decoding.NextTokens;

/**
 * Probabilities of the next token that are a function of the source and the tokens so far, drawn
 * once; each hypothesis is followed by its tokens.
 */
final class DrawnTokens implements NextTokens {
  private final int tokens;
  private List<long[]> keys;
  private int hypotheses;
  private int steps;

  DrawnTokens(int tokens) {
    this.tokens = tokens;
  }

  @Override
  public int tokens() {
    return tokens;
  }

  /** The calls of {@link #next} since the sentences were begun. */
  int steps() {
    return steps;
  }

  @Override
  public void begin(List<int[]> sources, int ofEach) {
    hypotheses = ofEach;
    steps = 0;
    keys = new ArrayList<>();
    for (int[] source : sources) {
      for (int h = 0; h < ofEach; h++) {
        keys.add(new long[] {empty(source)});
      }
    }
  }

  static long empty(int... source) {
    long key = 0;
    for (int token : source) {
      key = Mix64.key(key, token);
    }
    return key;
  }

  static long longer(long key, int token) {
    return Mix64.key(key, token + 1000);
  }

  @Override
  public void next(int[] parents, int[] appended, float[] logProbabilities) {
    if (parents != null) {
      List<long[]> longer = new ArrayList<>();
      for (int i = 0; i < parents.length; i++) {
        assert parents[i] / hypotheses == i / hypotheses : "a parent of another sentence";
        longer.add(new long[] {longer(keys.get(parents[i])[0], appended[i])});
      }
      keys = longer;
    }
    steps++;
    for (int i = 0; i < keys.size(); i++) {
      System.arraycopy(scores(keys.get(i)[0]), 0, logProbabilities, i * tokens, tokens);
    }
  }

  /** The logarithms of the probabilities after these tokens. */
  float[] scores(long key) {
    double[] weights = new double[tokens];
    double sum = 0;
    for (int token = 0; token < tokens; token++) {
      weights[token] = Math.exp(4 * ((Mix64.at(key, token) >>> 11) * 0x1p-53));
      sum += weights[token];
    }
    float[] scores = new float[tokens];
    for (int token = 0; token < tokens; token++) {
      scores[token] = (float) Math.log(weights[token] / sum);
    }
    return scores;
  }

  @Override
  public void close() {}
}
