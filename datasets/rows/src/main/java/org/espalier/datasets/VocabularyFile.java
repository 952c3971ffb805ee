package org.espalier.datasets;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;

/**
 * The vocabulary that a dataset of {@link SentencePairs} was encoded by: the content of a file, to
 * be decoded by and to be stored with what was trained.
 */
public final class VocabularyFile {
  private final String name;
  private final byte[] content;
  private final String sha256;

  private VocabularyFile(String name, byte[] content, String sha256) {
    this.name = name;
    this.content = content;
    this.sha256 = sha256;
  }

  /**
   * Reads the vocabulary of a dataset.
   *
   * @throws Refusal if the dataset holds something else than sentence pairs, or its vocabulary is
   *     missing or another one than the manifest says
   */
  public static VocabularyFile of(Dataset dataset, Configuration hadoop) {
    return read(
        new Path(dataset.root(), DatasetLayout.VOCABULARY),
        SentencePairs.of(dataset).vocabulary(),
        hadoop);
  }

  /**
   * Reads the vocabulary that somebody stored.
   *
   * @param sha256 of the file, 64 lower-case hexadecimal digits
   * @throws Refusal if it is missing or another one
   */
  public static VocabularyFile read(Path path, String sha256, Configuration hadoop) {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      byte[] content = in.readAllBytes();
      String found = Sha256.of(content);
      if (!found.equals(sha256)) {
        throw new Refusal(
            "Cannot use the vocabulary %s: its SHA-256 is %s where %s belongs to the data; restore the file or prepare the dataset again."
                .formatted(path, found, sha256));
      }
      return new VocabularyFile(path.toString(), content, sha256);
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot use the vocabulary %s: it is missing; restore the file or prepare the dataset again."
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read the vocabulary %s: %s; make it readable for this user."
              .formatted(path, Reason.of(e)),
          e);
    }
  }

  /** Where it was read, for people. */
  public String name() {
    return name;
  }

  /** The content of the file. */
  public byte[] content() {
    return content.clone();
  }

  /** The SHA-256 of the content, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }
}
