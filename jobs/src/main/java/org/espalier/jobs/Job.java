package org.espalier.jobs;

import java.util.Map;
import picocli.CommandLine.Mixin;

/**
 * A job: a picocli command whose outcome is a set of named values, printed as JSON where {@code
 * --json} asks for it.
 */
abstract class Job {
  @Mixin private JobOptions options;

  JobOptions options() {
    return options;
  }

  /**
   * Does the work.
   *
   * @return what the JSON line holds, in order
   */
  abstract Map<String, Object> run(Console console) throws Exception;
}
