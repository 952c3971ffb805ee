package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and hashes of runs are found again by every later version. */
class RunHashesTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeManifest() throws IOException {
    ManifestOnly.write(folder, 30_000, 30_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data=ignored | lenet-300-100-dense | 3a7d0145208489f4b6dfed66e162d4c548935c6dc96a4876b24b8ca2ed38e26a",
        "epochs=3,seed=2,workers=4,batch=100,shuffleWindow=100 | lenet-300-100-dense | 1b9fa854fa050343219af80e27279b1b422bc2744d33e2e9ef701d55deebf9c3",
        "optimiser{rule=nesterov,momentum=0.8,learningRate=1e-2,weightDecay=1e-4} | lenet-300-100-dense | 525161299c40c88bfa51272c513e859d97f093af08acd85c0671ad9cd8465208",
        "optimiser{rule=sgd,decayFrom=0.5,decayStair=10},averaging.frequency=1 | lenet-300-100-dense | b7a120930174ae4d8dfbaf06c43b16d608e3c4b4391979f9ac136cf4800ddb0c",
        "network=lenet-5-caffe,input{divisor=256,centre=meanImage} | lenet-5-caffe-dense | 388bccb792ad92d62d744e6519f97d2f5cd6df91f6db0c7ee8c0dd41431b285f",
        "sparsity{method=magnitude,target=0.9,begin=100,end=2000,frequency=50,endRule=clampToEnd,maskedGradient=dense} | lenet-300-100-magnitude | 4cac1afea49a8925e4adadf294e931f2cac97739674faa68aaedf4e5f4fa3987",
        "sparsity{method=random,target=0.90,schedule=one-shot,end=100,distribution=erdos-renyi,tensors{\"fc3/W\"=0.50}} | lenet-300-100-random | 23504c2328064679f8999e035b3e64e9afa952ad45132849a2234bf16a6a6777",
        "sparsity{method=variational-dropout,thresholds=[3,2,0.1],initialLogSigma2=-8,trainThreshold=3} | lenet-300-100-variational-dropout | 0bf370569059d74a20f51c929e1a3303faa6a53df7348547841379a5e9b8c5f7",
        "sparsity{method=l0,initialLogAlpha=0.847,penalty{ramp=linear,weight=0.1,begin=10,end=100,stair=10}} | lenet-300-100-l0 | 1ccbe76805f5289969c0d47796b9faf02feea1498b6ffb74ffca6bd33637c9bc"
      })
  void aConfigurationHasItsHash(String hocon, String name, String hash) {
    requireHash(ConfigFactory.parseString(hocon), name, hash);
  }

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100/magnitude-90, lenet-300-100-magnitude, 85a3a0fd435fe3b9586b2c219a06cfdc9ef26c1379b8287e01d1685dab49457a",
    "table3/lenet-300-100-dense, lenet-300-100-dense, 983294a26757a4e2028261139c933f03a02825bcad1fdea848516d5146bc54ad",
    "table3/lenet-300-100-variational-8-workers, lenet-300-100-variational-dropout, d77f1bbe1ad3fcf960cf08c3c6b705735ba1641b064b28060b6ade84de9e8907",
    "table3/lenet-5-caffe-dense-8-workers, lenet-5-caffe-dense, 155149ee5d32b08b331ec9f2e48f00439b5105b2a820f9ad04976d4a92704626",
    "table3/lenet-5-caffe-variational, lenet-5-caffe-variational-dropout, fe6008cdfaa2b6102796ac43689c3a59a55231589139e26ac4a28b6f92d91b60"
  })
  void aFileHasItsHash(String file, String name, String hash) {
    Path conf = Path.of(System.getProperty("espalier.root"), "conf", file + ".conf");
    requireHash(ConfigFactory.parseFile(conf.toFile()).resolve(), name, hash);
  }

  private void requireHash(Config config, String name, String hash) {
    Experiment experiment =
        Experiment.resolve(
            ConfigFactory.parseMap(Map.of("data", folder.toString())).withFallback(config),
            new Configuration());
    assertThat(experiment.hash()).isEqualTo(hash);
    assertThat(experiment.name()).isEqualTo(name + "-" + hash.substring(0, 8));
  }
}
