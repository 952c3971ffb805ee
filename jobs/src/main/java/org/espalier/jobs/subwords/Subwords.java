package org.espalier.jobs.subwords;

import picocli.CommandLine.Command;

/** Lines of text to subwords and back, without Spark. */
@Command(
    name = "subwords",
    description = {
      "Turns lines of text into numbers of subwords and back, as tensor2tensor does.",
      "",
      "Text is read from standard input in UTF-8. A line is what ends in \\n alone; all other"
          + " characters, white space at its ends included, are part of it and come back."
    },
    mixinStandardHelpOptions = true,
    subcommands = {EncodeLines.class, DecodeLines.class, BuildVocabulary.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Subwords {
  private Subwords() {}
}
