package org.espalier.averaging.checkpoint;

import java.io.IOException;
import java.io.Serializable;
import org.espalier.averaging.parts.PartsFolder;

/**
 * A file that the driver has written, to find out who sees it.
 *
 * @param name of the file
 * @param folder that it lies in
 */
record ProbeFile(String name, SentFolder folder) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ANSWER = ".seen";

  /** Writes its text into the file of the answer, so that the driver sees what is written here. */
  String answer() throws IOException {
    PartsFolder opened = folder.opened();
    opened.writeText(name + ANSWER, opened.text(name));
    return "";
  }

  /** Whether the driver sees the answer. */
  boolean isAnswered(String text, PartsFolder asDriverSeesIt) throws IOException {
    return text.equals(asDriverSeesIt.text(name + ANSWER));
  }

  void delete(PartsFolder asDriverSeesIt) throws IOException {
    asDriverSeesIt.delete(name);
    asDriverSeesIt.delete(name + ANSWER);
  }
}
