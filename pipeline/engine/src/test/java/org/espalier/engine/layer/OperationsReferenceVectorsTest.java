package org.espalier.engine.layer;

import org.espalier.engine.operations.LayerArithmetic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same vectors on ND4J's operations, which other backends run. */
class OperationsReferenceVectorsTest extends ReferenceVectorsTest {
  @BeforeEach
  void useOperations() {
    System.setProperty(LayerArithmetic.PROPERTY, "nd4j");
  }

  @AfterEach
  void useKernelsAgain() {
    System.clearProperty(LayerArithmetic.PROPERTY);
  }
}
