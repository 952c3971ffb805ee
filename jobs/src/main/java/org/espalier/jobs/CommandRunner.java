package org.espalier.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.espalier.base.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a job and turns its outcome into what the caller sees: lines, JSON and an exit code. */
final class CommandRunner {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicBoolean STOPPING = new AtomicBoolean();

  private CommandRunner() {}

  /** Runs the command and ends the process. */
  static void exit(Object command, String... arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> STOPPING.set(true)));
    int code = run(command, arguments);
    if (!STOPPING.get()) {
      System.exit(code);
    }
  }

  /** Runs the command and returns its exit code. */
  static int run(Object command, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionStrategy(CommandRunner::execute);
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, given) -> wrongUsage(e, given));
    return line.execute(arguments);
  }

  private static int execute(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    CommandLine line = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    if (!(line.getCommand() instanceof Job job)) {
      throw new ParameterException(line, "Cannot start: say which command to run.");
    }
    return carryOut(job);
  }

  private static int carryOut(Job job) {
    JobOptions options = job.options();
    Logging.configure(options);
    Console console = new Console(options);
    try {
      Map<String, Object> outcome = job.run(console);
      printJson(options.json(), "done", outcome);
      return ExitCode.DONE.code();
    } catch (Refusal e) {
      return failed(ExitCode.REFUSED, "refused", e, options, console);
    } catch (Exception e) {
      return failed(ExitCode.FAILED, "failed", e, options, console);
    }
  }

  private static int failed(
      ExitCode code, String status, Exception e, JobOptions options, Console console) {
    if (STOPPING.get()) {
      return ExitCode.FAILED.code();
    }
    String sentence = Sentence.of(e);
    console.note("espalier: " + sentence);
    if (options.verbose()) {
      e.printStackTrace(System.err);
    }
    printJson(options.json(), status, Map.of("error", sentence));
    return code.code();
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("espalier: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
      line.getErr()
          .println(
              Ansi.AUTO.string(
                  "Try '" + line.getCommandSpec().qualifiedName() + " --help' for the options."));
    }
    boolean json = Arrays.asList(arguments).contains("--json");
    printJson(json, "wrong usage", Map.of("error", String.valueOf(e.getMessage())));
    return ExitCode.WRONG_USAGE.code();
  }

  private static void printJson(boolean wanted, String status, Map<String, Object> values) {
    if (!wanted) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("status", status);
    line.putAll(values);
    try {
      System.out.println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the outcome as JSON: " + line, e);
    }
  }
}
