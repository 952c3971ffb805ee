package org.espalier.jobs.shell;

import java.util.Map;
import picocli.CommandLine.Mixin;

/**
 * A job: a picocli command whose outcome is a set of named values, printed as JSON where {@code
 * --json} asks for it.
 */
public abstract class Job {
  @Mixin private JobOptions options;

  /** What the user asked for beside the job's own options. */
  protected JobOptions options() {
    return options;
  }

  /**
   * Does the work.
   *
   * @return what the JSON line holds, in order
   */
  protected abstract Map<String, Object> run(Console console) throws Exception;
}
