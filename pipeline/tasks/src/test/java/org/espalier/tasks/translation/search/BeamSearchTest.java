package org.espalier.tasks.translation.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.base.Refusal;
import org.espalier.engine.decoding.NextTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches beside all translations that there are, over a vocabulary of five tokens. */
class BeamSearchTest {
  private static final int END = 1;
  private static final int TOKENS = 5;
  private static final int EXTRA = 3;

  private final DrawnTokens network = new DrawnTokens(TOKENS);

  private static List<int[]> sources(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i % 3 == 0 ? new int[] {2 + i, END} : new int[] {2 + i, 7, END})
        .toList();
  }

  private Hypothesis one(Beam beam, int... source) {
    return new BeamSearch(beam).translate(network, List.of(source)).get(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 2})
  void aBeamThatLosesNothingFindsTheBestOfAllTranslations(double penalty) {
    Beam all = new Beam(Beam.WIDEST, penalty, EXTRA);
    List<int[]> sources = sources(12);
    List<Hypothesis> found = new BeamSearch(all).translate(network, sources);
    for (int i = 0; i < sources.size(); i++) {
      Hypothesis best = best(all, sources.get(i));
      assertThat(found.get(i).tokens()).isEqualTo(best.tokens());
      assertThat(found.get(i).score()).isCloseTo(best.score(), within(1e-12));
    }
  }

  /** The best finished translation of all; ties do not occur. */
  private Hypothesis best(Beam beam, int[] source) {
    List<Hypothesis> finished = new ArrayList<>();
    extend(beam, DrawnTokens.empty(source), new int[0], 0, beam.longest(source.length), finished);
    return finished.stream()
        .reduce((one, other) -> one.score() >= other.score() ? one : other)
        .orElseThrow();
  }

  private void extend(
      Beam beam, long key, int[] tokens, double score, int longest, List<Hypothesis> finished) {
    float[] next = network.scores(key);
    int length = tokens.length + 1;
    finished.add(new Hypothesis(tokens, (score + next[END]) / beam.penalty(length)));
    for (int token = END + 1; token < TOKENS && length < longest; token++) {
      int[] longer = Arrays.copyOf(tokens, length);
      longer[length - 1] = token;
      extend(beam, DrawnTokens.longer(key, token), longer, score + next[token], longest, finished);
    }
  }

  @Test
  void aBeamOfOneTakesTheLikeliestTokenEveryTime() {
    for (int[] source : sources(20)) {
      long key = DrawnTokens.empty(source);
      List<Integer> greedy = new ArrayList<>();
      while (greedy.size() < source.length + EXTRA) {
        float[] next = network.scores(key);
        int token = IntStream.range(1, TOKENS).reduce(1, (a, b) -> next[b] > next[a] ? b : a);
        if (token == END) {
          break;
        }
        greedy.add(token);
        key = DrawnTokens.longer(key, token);
      }
      assertThat(one(new Beam(1, 0.6, EXTRA), source).tokens())
          .isEqualTo(greedy.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  @Test
  void widerBeamsFindNothingWorse() {
    double narrow = 0;
    double wide = 0;
    for (int[] source : sources(50)) {
      narrow += one(new Beam(1, 0.6, EXTRA), source).score();
      wide += one(new Beam(4, 0.6, EXTRA), source).score();
    }
    assertThat(wide).isGreaterThan(narrow);
  }

  @Test
  void sentencesDoNotDependOnThoseBesideThem() {
    Beam beam = new Beam(3, 0.6, EXTRA);
    List<int[]> sources = sources(7);
    List<Hypothesis> together = new BeamSearch(beam).translate(network, sources);
    for (int i = 0; i < sources.size(); i++) {
      Hypothesis alone = one(beam, sources.get(i));
      assertThat(together.get(i).tokens()).isEqualTo(alone.tokens());
      assertThat(together.get(i).score()).isEqualTo(alone.score());
    }
  }

  @Test
  void searchEndsWhenNothingUnfinishedCanBecomeBest() {
    NextTokens sure = fixed(0.01, 0.97, 0.01, 0.01);
    new BeamSearch(new Beam(2, 0.6, 100)).translate(sure, List.of(new int[] {2, END}));
    assertThat(((Fixed) sure).steps).isEqualTo(1);
    // 0.6 / 1 of one token is less than what 0.4 may still be worth over a long translation.
    NextTokens unsure = fixed(0, 0.6, 0.4, 0);
    new BeamSearch(new Beam(2, 0.6, 100)).translate(unsure, List.of(new int[] {2, END}));
    assertThat(((Fixed) unsure).steps).isGreaterThan(1).isLessThan(10);
  }

  @Test
  void equalTranslationsAreTakenInTheOrderOfTheirTokens() {
    NextTokens equal = fixed(0.4, 0.2, 0.2, 0.2);
    Beam beam = new Beam(3, 0, 1);
    assertThat(new BeamSearch(beam).translate(equal, List.of(new int[] {END})).get(0).tokens())
        .isEmpty();
    NextTokens endless = fixed(0.4, 0, 0.3, 0.3);
    assertThat(new BeamSearch(beam).translate(endless, List.of(new int[] {END})).get(0).tokens())
        .containsExactly(2, 2);
  }

  @Test
  void paddingIsNeverChosenAndLengthIsBounded() {
    NextTokens padding = fixed(0.97, 0, 0.02, 0.01);
    Hypothesis found =
        new BeamSearch(new Beam(2, 0.6, 2)).translate(padding, List.of(new int[] {5, END})).get(0);
    assertThat(found.tokens()).containsExactly(2, 2, 2, 2);
  }

  @Test
  void scoresThatAreNoNumbersAreSaid() {
    NextTokens broken = fixed(0.5, Double.NaN, 0.25, 0.25);
    assertThatThrownBy(() -> new BeamSearch(Beam.PAPER).translate(broken, List.of(new int[] {END})))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("the network's score of token 1 after 0 others is no number");
  }

  @Test
  void impossibleBeamsAreRefused() {
    assertThatThrownBy(() -> new Beam(0, 0.6, 100))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot search with a beam of 0: it must be from 1 to 1024.");
    assertThatThrownBy(() -> new Beam(4, -1, 100))
        .hasMessage(
            "Cannot search with a length penalty of -1.0: it must be a number of at least 0.");
    assertThatThrownBy(() -> new Beam(4, 0.6, -1))
        .hasMessage(
            "Cannot search with -1 more tokens than the source has: it must be at least 0.");
  }

  private static NextTokens fixed(double... probabilities) {
    return new Fixed(probabilities);
  }

  /** The same probabilities whatever came before. */
  private static final class Fixed implements NextTokens {
    private final double[] probabilities;
    private int rows;
    private int steps;

    private Fixed(double... probabilities) {
      this.probabilities = probabilities;
    }

    @Override
    public int tokens() {
      return probabilities.length;
    }

    @Override
    public void begin(List<int[]> sources, int hypotheses) {
      rows = sources.size() * hypotheses;
    }

    @Override
    public void next(int[] parents, int[] appended, float[] logProbabilities) {
      steps++;
      for (int i = 0; i < rows * tokens(); i++) {
        logProbabilities[i] = (float) Math.log(probabilities[i % tokens()]);
      }
    }

    @Override
    public void close() {}
  }
}
