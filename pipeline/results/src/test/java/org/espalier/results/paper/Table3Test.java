package org.espalier.results.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.results.paper.PaperPoints.dense;
import static org.espalier.results.paper.PaperPoints.diverged;
import static org.espalier.results.paper.PaperPoints.finished;
import static org.espalier.results.paper.PaperPoints.variational;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Table3Test {
  private static final String SMALL = "lenet-300-100";
  private static final String LARGE = "lenet-5-caffe";
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @Test
  void thePapersNumbersStandBesideOurs() {
    String text = Table3.of(ResultsTable.of(points(200))).asText();
    assertThat(text.lines())
        .containsExactly(
            "Table 3 of the paper (paper | here), in percent",
            "network         method               threshold              sparsity              accuracy   difference",
            "lenet-300-100   dense                        -       0.00 |     0.00      98.42 |    98.50        +0.08",
            "lenet-300-100   variational-dropout        0.1      99.10 |    99.00      98.13 |    98.13         0.00",
            "lenet-300-100   variational-dropout        3.0      97.52 |    98.00      98.42 |    98.02        -0.40",
            "lenet-5-caffe   dense                        -          - |     0.00          - |    99.20            -",
            "lenet-5-caffe   variational-dropout        2.0      99.50 |     0.00      99.25 | diverged            -");
    assertThat(text).endsWith("\n").isASCII();
  }

  @Test
  void severalSeedsAreAveragedAndTheirRangeTold() {
    List<OperatingPoint> seeds =
        List.of(
            dense(SMALL, 1, 200, finished(SMALL, 0, 0.9840)),
            dense(SMALL, 2, 200, finished(SMALL, 0, 0.9850)));
    assertThat(Table3.of(ResultsTable.of(seeds)).asText())
        .endsWith("98.42 |    98.45        +0.03   2 seeds: 98.40 to 98.50\n");
    assertThat(Table3.of(ResultsTable.of(seeds)).asCsv().lines()).hasSize(3);
  }

  @Test
  void aSeedThatDivergedIsTold() {
    List<OperatingPoint> seeds =
        List.of(
            dense(SMALL, 1, 200, finished(SMALL, 0, 0.9840)),
            dense(SMALL, 2, 200, diverged(SMALL)));
    assertThat(Table3.of(ResultsTable.of(seeds)).asText())
        .endsWith("1 of 2 seeds: 98.40 to 98.40\n");
  }

  @Test
  void fewerEpochsAreToldInTheTitle() {
    assertThat(Table3.of(ResultsTable.of(points(10))).asText().lines())
        .startsWith(
            "Table 3 of the paper (paper | here), in percent; SHORTENED to 10 of 200 epochs, so not comparable");
  }

  @Test
  void valuesWithCommasHaveFractionsAndTheirColumns() {
    assertThat(Table3.of(ResultsTable.of(points(200))).asCsv())
        .isEqualTo(
            """
            network,method,penalty,threshold,seed,epochs,sparsity,accuracy,cross-entropy,run
            lenet-300-100,dense,,,4,200,0.000000,0.9850,0.1000,lenet-300-100-dense-cafe
            lenet-300-100,variational-dropout,,0.1,1,200,0.990000,0.9813,0.1000,lenet-300-100-variational-dropout-cafe
            lenet-300-100,variational-dropout,,3.0,1,200,0.980000,0.9802,0.1000,lenet-300-100-variational-dropout-cafe
            lenet-5-caffe,dense,,,1,200,0.000000,0.9920,0.1000,lenet-5-caffe-dense-cafe
            lenet-5-caffe,variational-dropout,,2.0,1,200,0.000000,diverged,,lenet-5-caffe-variational-dropout-cafe
            """);
  }

  @Test
  void filesHoldWhatIsShownAndTakeThePlaceOfOlderOnes() throws Exception {
    org.apache.hadoop.fs.Path csv = at("table3.csv");
    org.apache.hadoop.fs.Path text = at("table3.txt");
    Table3.of(ResultsTable.of(points(10))).writeCsv(csv, HADOOP);
    Table3.of(ResultsTable.of(points(10))).writeText(text, HADOOP);
    Table3 table = Table3.of(ResultsTable.of(points(200)));
    assertThat(table.writeCsv(csv, HADOOP).getName()).isEqualTo("table3.csv");
    assertThat(table.writeText(text, HADOOP).getName()).isEqualTo("table3.txt");
    assertThat(Files.readString(folder.resolve("table3.csv"))).isEqualTo(table.asCsv());
    assertThat(Files.readString(folder.resolve("table3.txt"))).isEqualTo(table.asText());
  }

  private org.apache.hadoop.fs.Path at(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toString());
  }

  private static List<OperatingPoint> points(double epochs) {
    return List.of(
        variational(LARGE, 2, epochs, diverged(LARGE)),
        dense(LARGE, 1, epochs, finished(LARGE, 0, 0.9920)),
        variational(SMALL, 3, epochs, finished(SMALL, 0.98, 0.9802)),
        variational(SMALL, 0.1, epochs, finished(SMALL, 0.99, 0.9813)),
        dense(SMALL, 4, epochs, finished(SMALL, 0, 0.9850)));
  }
}
