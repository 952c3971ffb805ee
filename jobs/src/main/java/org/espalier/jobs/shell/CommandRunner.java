package org.espalier.jobs.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.espalier.base.Refusal;
import org.espalier.experiment.CodeVersion;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a job and turns its outcome into what the caller sees: lines, JSON and an exit code. */
public final class CommandRunner {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicBoolean STOPPING = new AtomicBoolean();

  private CommandRunner() {}

  /** Runs the command and ends the process. */
  public static void exit(Object command, String... arguments) {
    AtomicBoolean ended = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ended)));
    int code = run(command, arguments);
    if (!STOPPING.get()) {
      ended.set(true);
      System.exit(code);
    }
  }

  /**
   * An interrupt reaches the executors of this machine too; Spark's account of that helps nobody.
   */
  private static void stop(AtomicBoolean ended) {
    STOPPING.set(true);
    if (!ended.get()) {
      Logging.silence();
      System.err.println("espalier: stopped; nothing unfinished was published.");
    }
  }

  /** Runs the command and returns its exit code. */
  public static int run(Object command, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    sayVersion(line);
    line.setExecutionStrategy(CommandRunner::execute);
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, given) -> wrongUsage(e, given));
    return line.execute(arguments);
  }

  private static void sayVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(() -> new String[] {"espalier " + CodeVersion.current()});
    line.getSubcommands().values().forEach(CommandRunner::sayVersion);
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
