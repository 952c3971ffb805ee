package org.espalier.jobs.subwords;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.text.subwords.Vocabulary;
import picocli.CommandLine.Option;

/** The option that names a vocabulary to read. */
final class VocabularyOption {
  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      required = true,
      description =
          "Vocabulary of tensor2tensor, of subwords build, or vocabulary.subwords of a dataset.")
  private Path file;

  /**
   * Reads the vocabulary.
   *
   * @throws Refusal if it is missing or no vocabulary
   */
  Vocabulary read() {
    return read(file);
  }

  static Vocabulary read(Path file) {
    try {
      return Vocabulary.parse(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new Refusal(
          "Cannot read the vocabulary %s: there is no such file; check the path.".formatted(file),
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read the vocabulary %s: %s; check the path.".formatted(file, Reason.of(e)), e);
    }
  }
}
