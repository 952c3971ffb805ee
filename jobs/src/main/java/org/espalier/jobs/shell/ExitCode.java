package org.espalier.jobs.shell;

/** What the process tells its caller. */
enum ExitCode {
  DONE(0),
  FAILED(1),
  WRONG_USAGE(2),
  REFUSED(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
