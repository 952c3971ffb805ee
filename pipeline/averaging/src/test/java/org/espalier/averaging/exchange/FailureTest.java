package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure keeps its cause on its way from process to process. */
class FailureTest {
  private static final String EXECUTOR = "3";

  @Test
  void theCauseIsFoundBehindWhatWrapsIt() {
    assertKind(new LostShards("gone"), Failure.Kind.NOT_HERE);
    assertKind(
        new IllegalStateException(new CompletionException(new OutOfMemoryError("x"))),
        Failure.Kind.OUT_OF_MEMORY);
    assertKind(new UncheckedIOException(new IOException("a bad disk")), Failure.Kind.UNREADABLE);
    assertKind(new IllegalStateException("a bug"), Failure.Kind.BROKEN);
    assertKind(new BrokenInvariant("other masks") {}, Failure.Kind.INVARIANT);
  }

  /** What caused a loss of state is the loss of two processes, which may pass; it may not. */
  @Test
  void theOutermostOfTwoCausesCounts() {
    Failure lost = new Failure(Failure.Kind.STATE_LOST, EXECUTOR, "both are gone");
    RunFailure thrown = new RunFailure(lost, new LostShards("one is gone"));
    assertThat(Failure.of(new IllegalStateException(thrown), EXECUTOR)).isEqualTo(lost);
    assertThat(lost.mayPass()).isFalse();
  }

  private static void assertKind(Throwable thrown, Failure.Kind kind) {
    assertThat(Failure.of(thrown, EXECUTOR).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "Java heap space, spark.executor.memory",
    "GC overhead limit exceeded, spark.executor.memory",
    "Cannot reserve 8 bytes of direct buffer memory, spark.executor.memory",
    "Physical memory usage is too high: physicalBytes (2G) > maxPhysicalBytes (1G), 'spark.executor.memoryOverhead, or spark.executor.memory, which bounds native arrays too'",
    "'Cannot allocate new FloatPointer(9): totalBytes = 1G, physicalBytes = 2G', 'spark.executor.memoryOverhead, or spark.executor.memory, which bounds native arrays too'",
  })
  void anExecutorOutOfMemoryIsSaidToBeThat(String message, String setting) {
    assertThat(Failure.of(new OutOfMemoryError(message), EXECUTOR).sentence())
        .isEqualTo("executor 3 ran out of memory (" + message + "); raise " + setting);
  }

  @Test
  void theDriversMemoryHasAnotherSetting() {
    assertThat(Failure.of(new OutOfMemoryError("Java heap space"), "driver").sentence())
        .isEqualTo(
            "the driver ran out of memory (Java heap space); raise ESPALIER_DRIVER_MEMORY, or spark.driver.memory with spark-submit");
  }

  @ParameterizedTest
  @EnumSource(Failure.Kind.class)
  void aFailureTravelsAsText(Failure.Kind kind) {
    Failure failure = new Failure(kind, EXECUTOR, "one line\nand another: CompletionException");
    assertThat(Failure.decoded(failure.encoded())).isEqualTo(failure);
    assertThat(failure.exception().failure()).isEqualTo(failure);
    RuntimeException asSparkTellsIt =
        new RuntimeException(new EncodedFailure(failure) + System.lineSeparator());
    assertThat(EncodedFailure.decoded(asSparkTellsIt))
        .isInstanceOfSatisfying(
            RunFailure.class, told -> assertThat(told.failure()).isEqualTo(failure));
  }

  @Test
  void whatSparkItselfThrowsStaysAsItIs() {
    IOException closed = new IOException("Connection from /127.0.0.1:1 closed");
    assertThat(EncodedFailure.decoded(closed)).isSameAs(closed);
    assertThatThrownBy(() -> Failure.decoded("no failure"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
