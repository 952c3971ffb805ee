package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
  @Test
  void columnsAreAlignedAndThoseWithoutContentLeftOut() {
    ResultsTable table =
        ResultsTable.of(
            List.of(
                SamplePoints.finished("random", 0.95, 1, 0.9516),
                SamplePoints.finished("dense", 0, 1, 0.984),
                SamplePoints.finished("magnitude", 0.95, 1, 0.98034),
                SamplePoints.diverged("magnitude", 0.98, 1, 1200)));

    assertThat(table.asText())
        .isEqualTo(
            """
            lenet-300-100 on digits
              method      target   sparsity                 accuracy   kept weights     time
              ---------   ------   --------   ----------------------   ------------   ------
              dense            -        0 %                  98.40 %        266,200   33.1 s
              magnitude     95 %       95 %                  98.03 %         13,310   27.0 s
              magnitude     98 %       98 %   diverged at step 1,200          5,324    4.0 s
              random        95 %       95 %                  95.16 %         13,310   30.1 s
            """);
  }

  @Test
  void everyBlockSaysByWhatItsNetworksAreCompared() {
    ResultsTable table =
        ResultsTable.of(
            List.of(
                SamplePoints.finished("dense", 0, 1, 0.984),
                SamplePoints.translated("dense", 0, 1, 27.306)));

    assertThat(table.asText())
        .isEqualTo(
            """
            lenet-300-100 on digits
              method   sparsity   accuracy   kept weights     time
              ------   --------   --------   ------------   ------
              dense         0 %    98.40 %        266,200   33.1 s

            transformer-tiny on multi30k
              method   sparsity    BLEU   kept weights     time
              ------   --------   -----   ------------   ------
              dense         0 %   27.31        266,200   16.8 s
            """);
  }

  @Test
  void everyNetworkHasItsBlockAndSeedsAndThresholdsTheirColumns() {
    Sparsification variational =
        new Sparsification(
            "variational-dropout", OptionalDouble.empty(), OptionalDouble.of(3), "none");
    ResultsTable table =
        ResultsTable.of(
            List.of(
                SamplePoints.finished("dense", 0, 1, 0.984),
                SamplePoints.finished("dense", 0, 22, 0.9),
                SamplePoints.point(
                    SamplePoints.LENET_5,
                    variational,
                    1,
                    SamplePoints.classified(
                        0.9926, 0.1, SamplePoints.size("lenet-5-caffe", 0.9929)))));

    assertThat(table.asText())
        .isEqualTo(
            """
            lenet-300-100 on digits
              method   threshold   seed   sparsity   accuracy   kept weights     time
              ------   ---------   ----   --------   --------   ------------   ------
              dense            -      1        0 %    98.40 %        266,200   33.1 s
              dense            -     22        0 %    90.00 %        266,200   53.3 s

            lenet-5-caffe on digits
              method                threshold   seed   sparsity   accuracy   kept weights     time
              -------------------   ---------   ----   --------   --------   ------------   ------
              variational-dropout         3.0      1    99.29 %    99.26 %          3,055   48.6 s
            """);
  }
}
