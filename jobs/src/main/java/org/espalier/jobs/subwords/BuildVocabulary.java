package org.espalier.jobs.subwords;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.text.subwords.TokenCounts;
import org.espalier.text.subwords.Vocabulary;
import org.espalier.text.subwords.VocabularySearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lines of text to a vocabulary. */
@Command(
    name = "build",
    description = {
      "Builds a vocabulary of lines of text and writes it to a file.",
      "",
      "The same search as tensor2tensor's: the size is met within 1 % or as nearly as it can be, and"
          + " the same lines in any order give the same file. The different tokens of the text are held"
          + " in memory; prepare wmt14 counts them on a cluster."
    },
    mixinStandardHelpOptions = true)
final class BuildVocabulary extends Job {
  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      required = true,
      description = "File to be written; it must not exist yet.")
  private Path file;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "" + VocabularySearch.SIZE_DEFAULT,
      description = "About how many subwords there are to be (default: ${DEFAULT-VALUE}).")
  private int size;

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    VocabularySearch.requireSize(size);
    if (Files.exists(file)) {
      throw existing(null);
    }
    TokenCounts counts = new TokenCounts();
    long lines =
        StandardInput.read("count the tokens of", "give lines of text in UTF-8", counts::add);
    Vocabulary built = VocabularySearch.of(counts.byToken(), size);
    write(built);
    console.result(
        "vocabulary: %d subwords for the %d wanted, of %d different tokens in %d lines; file=%s hash=sha256:%s"
            .formatted(built.size(), size, counts.byToken().size(), lines, file, built.sha256()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("lines", lines);
    values.put("tokens", counts.byToken().size());
    values.put("subwords", built.size());
    values.put("vocabulary", "sha256:" + built.sha256());
    return values;
  }

  private void write(Vocabulary built) {
    try {
      Files.write(file, built.file(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw existing(e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot write the vocabulary %s: %s; choose a file that this user may create."
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  private Refusal existing(IOException cause) {
    return new Refusal(
        "Cannot write the vocabulary %s: it exists already; choose another file or remove it first."
            .formatted(file),
        cause);
  }
}
