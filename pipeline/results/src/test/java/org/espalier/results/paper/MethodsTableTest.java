package org.espalier.results.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.results.paper.PaperPoints.dense;
import static org.espalier.results.paper.PaperPoints.diverged;
import static org.espalier.results.paper.PaperPoints.finished;
import static org.espalier.results.paper.PaperPoints.point;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.espalier.results.Measurement;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodsTableTest {
  private static final String NETWORK = "lenet-300-100";

  @TempDir private Path folder;

  @Test
  void seedsShareALineAndMethodsGoFromFewZerosToMany() {
    assertThat(table().asText().lines())
        .containsExactly(
            "method                 penalty threshold  seeds   sparsity   accuracy             range",
            "dense                        -         -      3       0.00      98.40     98.30 - 98.50",
            "l0                         0.3         -      1      50.00      98.10     98.10 - 98.10",
            "l0                           3         -      1      90.00      97.00     97.00 - 97.00",
            "variational-dropout          1       0.5 0 of 1       0.00   diverged                 -");
  }

  @Test
  void valuesWithCommasHaveALinePerPointAndNotPerGroup() throws Exception {
    org.apache.hadoop.fs.Path csv =
        new org.apache.hadoop.fs.Path(folder.resolve("methods.csv").toString());
    table().writeCsv(csv, new Configuration());
    assertThat(Files.readAllLines(folder.resolve("methods.csv")))
        .hasSize(7)
        .startsWith(
            "network,method,penalty,threshold,seed,epochs,sparsity,accuracy,cross-entropy,run")
        .contains("lenet-300-100,l0,3,,1,20,0.900000,0.9700,0.1000,lenet-300-100-l0-cafe");
  }

  private static MethodsTable table() {
    return MethodsTable.of(
        ResultsTable.of(
            List.of(
                penalised("variational-dropout", OptionalDouble.of(0.5), "1", diverged(NETWORK)),
                penalised("l0", OptionalDouble.empty(), "3", finished(NETWORK, 0.9, 0.97)),
                penalised("l0", OptionalDouble.empty(), "0.3", finished(NETWORK, 0.5, 0.981)),
                dense(NETWORK, 1, 20, finished(NETWORK, 0, 0.983)),
                dense(NETWORK, 2, 20, finished(NETWORK, 0, 0.985)),
                dense(NETWORK, 3, 20, finished(NETWORK, 0, 0.984)))));
  }

  private static OperatingPoint penalised(
      String method, OptionalDouble threshold, String penalty, Measurement measurement) {
    return point(
        NETWORK, method, threshold, 1, 20, Map.of("sparsity.penalty.weight", penalty), measurement);
  }
}
