package org.espalier.text.subwords;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.text.lines.LineReader;

/**
 * The lines of a vocabulary's file: a subword each, between single quotation marks, or double ones
 * as in files of early versions of tensor2tensor. A line is what ends in {@code \n} alone.
 */
final class VocabularyLines {
  private static final String REMEDY =
      "name a vocabulary as tensor2tensor or 'espalier subwords build' writes it";

  private final String name;

  VocabularyLines(String name) {
    this.name = name;
  }

  static byte[] write(List<String> subwords) {
    StringBuilder lines = new StringBuilder();
    subwords.forEach(subword -> lines.append('\'').append(subword).append("'\n"));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  List<String> parse(byte[] file) {
    List<String> subwords = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    try (LineReader reader = new LineReader(new ByteArrayInputStream(file))) {
      while (reader.next()) {
        int number = Math.toIntExact(reader.number());
        String subword = unquoted(number, reader.text());
        Integer before = lines.put(subword, number);
        if (before != null) {
          throw refusal("line %d is the subword of line %d again".formatted(number, before));
        }
        subwords.add(subword);
      }
    } catch (IOException e) {
      throw refusal(Reason.of(e));
    }
    requireReserved(subwords);
    requireCharacters(subwords, lines);
    return subwords;
  }

  private String unquoted(int number, String line) {
    int last = line.length() - 1;
    boolean quoted =
        last > 1
            && line.charAt(0) == line.charAt(last)
            && (line.charAt(0) == '\'' || line.charAt(0) == '"');
    if (!quoted) {
      throw refusal(
          "line %d is %s and no subword between quotation marks".formatted(number, shown(line)));
    }
    return line.substring(1, last);
  }

  /** Older versions of tensor2tensor write no underscore behind them. */
  private void requireReserved(List<String> subwords) {
    for (int id = 0; id < Vocabulary.RESERVED; id++) {
      String wanted = Vocabulary.RESERVED_NAMES.get(id);
      String found = id < subwords.size() ? subwords.get(id) : "";
      if (!wanted.equals(found) && !wanted.equals(found + Escaping.END)) {
        throw refusal("line %d is %s and not '%s'".formatted(id + 1, shown(found), wanted));
      }
    }
  }

  private void requireCharacters(List<String> subwords, Map<String, Integer> lines) {
    Alphabet.of(subwords)
        .codePoints()
        .filter(codePoint -> !lines.containsKey(Character.toString(codePoint)))
        .findFirst()
        .ifPresent(
            codePoint -> {
              throw refusal(
                  "the character '%s' (U+%04X) is no subword by itself, so not every text can be encoded"
                      .formatted(Character.toString(codePoint), codePoint));
            });
  }

  private static String shown(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }

  private Refusal refusal(String reason) {
    return new Refusal("Cannot use the vocabulary %s: %s; %s.".formatted(name, reason, REMEDY));
  }
}
