package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.averaging.exchange.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cluster managers say of an executor that went, as it was seen. */
class ExecutorLossTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Command exited with code 52 | OUT_OF_MEMORY | executor 3 ran out of memory (exit code 52); raise spark.executor.memory",
        "Container from a bad node: container_1 on host: h. Exit status: 52. | OUT_OF_MEMORY | executor 3 ran out of memory (exit code 52); raise spark.executor.memory",
        "Command exited with code 137 | GONE | executor 3 was killed (exit code 137), as the kernel and cluster managers do with a process that takes more memory than it was given; if it was for that, raise spark.executor.memoryOverhead",
        "The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM). | GONE | executor 3 was killed (exit code 137), as the kernel and cluster managers do with a process that takes more memory than it was given; if it was for that, raise spark.executor.memoryOverhead",
        "Container killed by YARN for exceeding physical memory limits. | OUT_OF_MEMORY | executor 3 ran out of memory (Container killed by YARN for exceeding physical memory limits.); raise spark.executor.memoryOverhead, or spark.executor.memory, which bounds native arrays too",
        "Executor heartbeat timed out after 125000 ms | GONE | executor 3 is gone: Executor heartbeat timed out after 125000 ms",
        "Command exited with code 1 | GONE | executor 3 is gone: Command exited with code 1",
      })
  void theReasonBecomesASentence(String reason, Failure.Kind kind, String sentence) {
    assertThat(new ExecutorLoss("3", reason).failure()).isEqualTo(new Failure(kind, "3", sentence));
  }
}
