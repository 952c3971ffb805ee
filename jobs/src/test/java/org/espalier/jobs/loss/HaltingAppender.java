package org.espalier.jobs.loss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/**
 * Ends this JVM in the middle of a phase. A file in a folder asks for it, named by the phase, by
 * how far the run has to be, and by the way: {@code optimiser.20.HALT.0}. Each file ends one JVM,
 * that which deletes it.
 */
@Plugin(name = "Halting", category = Core.CATEGORY_NAME, elementType = "appender")
public final class HaltingAppender extends AbstractAppender {
  private static final int KILLED = 137;

  /** A way in which a JVM ends. */
  enum End {
    /** At once, which others see as they see a SIGKILL. */
    HALT {
      @Override
      void come() {
        Runtime.getRuntime().halt(KILLED);
      }
    },
    /** By an error in the thread that has begun the phase. */
    OUT_OF_MEMORY {
      @Override
      void come() {
        throw new OutOfMemoryError("Java heap space");
      }
    };

    abstract void come();
  }

  private final Path folder;

  private HaltingAppender(String name, Path folder) {
    super(name, null, null, false, Property.EMPTY_ARRAY);
    this.folder = folder;
  }

  /** The appender of a configuration of log4j. */
  @PluginFactory
  public static HaltingAppender of(
      @PluginAttribute("name") String name, @PluginAttribute("folder") String folder) {
    return new HaltingAppender(name, Path.of(folder));
  }

  /** Asks for the end of so many JVMs at the beginning of a phase, after a step or later. */
  static void ask(Path folder, String phase, long step, End end, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      Files.createFile(folder.resolve("%s.%d.%s.%d".formatted(phase, step, end, i)));
    }
  }

  /** Whether all that was asked for has been done. */
  static boolean isDone(Path folder) {
    return requests(folder).isEmpty();
  }

  @Override
  public void append(LogEvent event) {
    String[] said = event.getMessage().getFormattedMessage().split("phase |, step ", -1);
    for (Path request : requests(folder)) {
      String[] asked = request.getFileName().toString().split("\\.", -1);
      boolean meant =
          asked[0].equals(said[1]) && Long.parseLong(asked[1]) <= Long.parseLong(said[2]);
      if (meant && request.toFile().delete()) {
        End.valueOf(asked[2]).come();
      }
    }
  }

  private static List<Path> requests(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
