package org.espalier.jobs.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulation against what can be worked out with a pencil. */
class SimulationTest {
  private static final double P = 4.0 * TrainedNetwork.RESNET_50.parameters();
  private static final double V = 4.0 * TrainedNetwork.RESNET_50.vectorLength();
  private static final double COMPUTE = 1;
  private static final double ONE_GIGABIT = 1.25e8;
  private static final Stragglers NONE = new Stragglers(0, 0, 1, 1);
  private static final Failures RARE = new Failures(1e6, 10, 60, 300, 1);
  private static final Percentage ROUNDED = Percentage.withPercentage(1e-4);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 13, 32})
  void gradientsAndRingHandOnTheSameBytes(int workers) {
    double share = (workers - 1.0) / workers;
    for (Protocol protocol : List.of(Protocol.FLAT, Protocol.RING)) {
      assertThat(simulated(protocol, workers).bytesPerExecutor()).isCloseTo(2 * P * share, ROUNDED);
      assertThat(simulated(protocol, scenario(workers, 1, 0.1)).bytesPerExecutor())
          .isCloseTo(0.2 * P * share, ROUNDED);
    }
  }

  @Test
  void twoLevelsOfEqualGroupsHandOnTheSameBytesToFewer() {
    ScalingFigures flat = simulated(Protocol.FLAT, 64);
    ScalingFigures levels = simulated(Protocol.TWO_LEVEL, 64);
    assertThat(levels.bytesPerExecutor()).isCloseTo(flat.bytesPerExecutor(), ROUNDED);
    assertThat(flat.messages()).isEqualTo(2 * 63);
    assertThat(levels.messages()).isEqualTo(2 * 63);
    assertThat(flat.peers()).isEqualTo(63);
    assertThat(levels.peers()).isEqualTo(2 * 7);
  }

  /** Seven groups of five or six: none is a node of the tree, so some means leave in parts. */
  @Test
  void groupsThatAreNoPowerOfTwoHandOnMore() {
    assertThat(simulated(Protocol.TWO_LEVEL, 40).bytesPerExecutor())
        .isGreaterThan(1.02 * simulated(Protocol.FLAT, 40).bytesPerExecutor());
  }

  @Test
  void theDriverTakesAndGivesEverything() {
    ScalingFigures central = simulated(Protocol.DRIVER, 8);
    assertThat(central.bytesAtDriver()).isCloseTo(2 * 8 * V, ROUNDED);
    assertThat(central.busiestBytes()).isCloseTo(8 * V, ROUNDED);
    ScalingFigures tree = simulated(Protocol.DRIVER_TREE, 9);
    assertThat(tree.bytesAtDriver()).isCloseTo((3 + 1) * V, ROUNDED);
    ScalingFigures parameters = simulated(Protocol.PARAMETERS, 8);
    assertThat(parameters.bytesAtDriver()).isCloseTo(V, ROUNDED);
    assertThat(parameters.bytesPerExecutor()).isCloseTo(2 * V * 7 / 8 + V / 8, ROUNDED);
  }

  @Test
  void theDriverHearsLittleOfGradients() {
    for (int workers : List.of(8, 128)) {
      assertThat(simulated(Protocol.FLAT, workers).bytesAtDriver()).isBetween(1.0, 1e6);
    }
  }

  @Test
  void aServerHasTheGradientsOfAllForItsShare() {
    ScalingFigures figures = simulated(Protocol.SERVER, 8);
    assertThat(figures.bytesPerExecutor()).isCloseTo(P, ROUNDED);
    assertThat(figures.busiestBytes()).isCloseTo(8 * P / 2, ROUNDED);
  }

  @Test
  void whatLimitsIsTheBusiestLink() {
    Percentage pipelined = Percentage.withPercentage(8);
    double share = 2 * P * 7 / 8 / ONE_GIGABIT;
    assertThat(simulated(Protocol.RING, 8).communicationSeconds()).isCloseTo(share, ROUNDED);
    assertThat(withoutStretch(simulated(Protocol.FLAT, 8))).isCloseTo(share, pipelined);
    assertThat(simulated(Protocol.DRIVER, 8).communicationSeconds())
        .isCloseTo(2 * 8 * V / ONE_GIGABIT, pipelined);
    assertThat(simulated(Protocol.SERVER, 8).communicationSeconds())
        .isCloseTo(2 * 4 * P / ONE_GIGABIT, pipelined);
  }

  /** States of a stretch are copied to the neighbour, V / N of each. */
  private static double withoutStretch(ScalingFigures figures) {
    return figures.communicationSeconds() - V / 8 / ONE_GIGABIT;
  }

  @Test
  void aRingHasALatencyForEveryTurn() {
    double near = simulated(Protocol.RING, scenario(256, 10, 1, 0)).stepSeconds();
    double far = simulated(Protocol.RING, scenario(256, 10, 1, 1e-3)).stepSeconds();
    assertThat(far - near).isCloseTo(510e-3, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void fasterLinksAndNearerHostsMakeShorterSteps(Protocol protocol) {
    double slow = simulated(protocol, scenario(16, 1, 1)).stepSeconds();
    double fast = simulated(protocol, scenario(16, 10, 1)).stepSeconds();
    double fastest = simulated(protocol, scenario(16, 100, 1)).stepSeconds();
    double far = simulated(protocol, scenario(16, 100, 1, 0.01)).stepSeconds();
    assertThat(slow).isGreaterThan(fast);
    assertThat(fast).isGreaterThan(fastest);
    assertThat(far).isGreaterThan(fastest);
    assertThat(fastest).isGreaterThan(COMPUTE);
  }

  /** A parameter server has more hosts where it has more workers. */
  @ParameterizedTest
  @EnumSource(value = Protocol.class, mode = EnumSource.Mode.EXCLUDE, names = "SERVER")
  void moreWorkersAreLessEfficient(Protocol protocol) {
    double few = simulated(protocol, scenario(4, 10, 1)).efficiency();
    assertThat(simulated(protocol, scenario(64, 10, 1)).efficiency()).isLessThan(few);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void masksMakeStepsMoreEfficient(Protocol protocol) {
    double dense = simulated(protocol, scenario(64, 10, 1)).efficiency();
    assertThat(simulated(protocol, scenario(64, 10, 0.1)).efficiency()).isBetween(dense, 1.0);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theSameOptionsGiveTheSameFigures(Protocol protocol) {
    Stragglers spread = new Stragglers(0.1, 0.01, 3, 7);
    Simulation simulation = new Simulation(MachineConstants.standard(), spread, RARE, 4, 3, 3);
    ScalingFigures figures = simulation.of(protocol, scenario(12, 10, 1));
    assertThat(simulation.of(protocol, scenario(12, 10, 1))).isEqualTo(figures);
    Stragglers others = new Stragglers(0.1, 0.01, 3, 8);
    assertThat(
            new Simulation(MachineConstants.standard(), others, RARE, 4, 3, 3)
                .of(protocol, scenario(12, 10, 1)))
        .isNotEqualTo(figures);
  }

  @Test
  void theSlowestDecides() {
    Stragglers oneInTen = new Stragglers(0, 0.1, 3, 1);
    ScalingFigures figures =
        new Simulation(Idle.machine(), oneInTen, RARE, 4, 5, 3)
            .of(Protocol.FLAT, scenario(64, 10, 1));
    assertThat(figures.waitingSeconds()).isCloseTo(2 * COMPUTE, within(1e-9));
  }

  @Test
  void longerStretchesCopyStateLessOften() {
    Simulation brief = new Simulation(Idle.machine(), NONE, RARE, 4, 2, 1e-3);
    Simulation lasting = new Simulation(Idle.machine(), NONE, RARE, 4, 2, 1e3);
    double copies =
        brief.of(Protocol.FLAT, scenario(8, 1, 1)).stepSeconds()
            - lasting.of(Protocol.FLAT, scenario(8, 1, 1)).stepSeconds();
    assertThat(copies).isCloseTo(V / 8 / ONE_GIGABIT, Percentage.withPercentage(1));
  }

  @Test
  void averagingLessOftenCostsLess() {
    Scenario often = scenario(8, 1, 1);
    Scenario seldom = new Scenario(TrainedNetwork.RESNET_50, 1, 8, 1, 1, 0, 4, COMPUTE, 10);
    double cost = simulated(Protocol.PARAMETERS, often).communicationSeconds();
    assertThat(simulated(Protocol.PARAMETERS, seldom).communicationSeconds())
        .isCloseTo(cost / 10, Percentage.withPercentage(1));
  }

  @Test
  void workersOfAnExecutorHandInOneMean() {
    Scenario shared = new Scenario(TrainedNetwork.RESNET_50, 1, 8, 4, 10, 0, 4, COMPUTE, 1);
    ScalingFigures figures = simulated(Protocol.FLAT, shared);
    assertThat(figures.bytesPerExecutor()).isCloseTo(P, ROUNDED);
    assertThat(figures.stepSeconds()).isGreaterThan(4 * COMPUTE);
    assertThat(figures.efficiency()).isLessThan(1);
  }

  private static ScalingFigures simulated(Protocol protocol, int workers) {
    return simulated(protocol, scenario(workers, 1, 1));
  }

  private static ScalingFigures simulated(Protocol protocol, Scenario scenario) {
    return new Simulation(Idle.machine(), NONE, RARE, 4, 2, 3).of(protocol, scenario);
  }

  private static Scenario scenario(int workers, double gigabits, double density) {
    return scenario(workers, gigabits, density, 0);
  }

  private static Scenario scenario(int workers, double gigabits, double density, double latency) {
    return new Scenario(
        TrainedNetwork.RESNET_50, density, workers, 1, gigabits, latency, 4, COMPUTE, 1);
  }
}
