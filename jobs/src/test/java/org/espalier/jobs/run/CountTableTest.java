package org.espalier.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.apache.hadoop.conf.Configuration;
import org.espalier.experiment.NetworkCount;
import org.junit.jupiter.api.Test;

class CountTableTest {
  @Test
  void aLinePerTensorAndTheirSums() {
    NetworkCount count =
        NetworkCount.of(
            ConfigFactory.parseString(
                "network=lenet-5-caffe\nsparsity{method=magnitude,target=0.9}"),
            new Configuration());
    assertThat(new CountTable(count).text().lines())
        .containsExactly(
            "lenet-5-caffe on images of 1x28x28 in 10 classes",
            "tensor    shape       weights   non-zeros   sparsity   multiply-adds       dense   in training       dense",
            "conv1/W   20x1x5x5        500          50       90 %          28,800     288,000        57,600     576,000",
            "conv2/W   50x20x5x5    25,000       2,500       90 %         160,000   1,600,000       480,000   4,800,000",
            "fc1/W     500x800     400,000      40,000       90 %          40,000     400,000       120,000   1,200,000",
            "fc2/W     10x500        5,000         500       90 %             500       5,000         1,500      15,000",
            "all                   430,500      43,050       90 %         229,300   2,293,000       659,100   6,591,000",
            "431,080 parameters, 430,500 of them in tensors that masks may be held for, 43,050 of these non-zero",
            "Multiply-adds are those of one example with weights: in a forward pass, and in a step of training.",
            "No sparsity.end is set, so the target itself is counted.");
  }
}
