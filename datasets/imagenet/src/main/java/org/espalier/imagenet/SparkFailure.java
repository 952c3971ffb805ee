package org.espalier.imagenet;

import java.io.IOException;
import org.apache.spark.SparkException;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** The failure of a Spark job as what its tasks had to say. */
final class SparkFailure {
  private SparkFailure() {}

  /**
   * The exception to throw.
   *
   * @throws Refusal if a task threw it
   */
  static IOException of(String what, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        throw refusal;
      }
    }
    Throwable cause =
        failure instanceof SparkException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new IOException("Cannot " + what + ": " + Reason.of(cause) + ".", failure);
  }
}
