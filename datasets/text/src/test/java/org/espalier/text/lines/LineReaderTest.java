package org.espalier.text.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = reader(text.getBytes(StandardCharsets.UTF_8))) {
      while (reader.next()) {
        lines.add(reader.text());
      }
    }
    return lines;
  }

  private static LineReader reader(byte[] bytes) {
    return new LineReader(new ByteArrayInputStream(bytes));
  }

  @Test
  void aLineEndsInALineFeedAlone() throws IOException {
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).containsExactly("");
    assertThat(lines("a\n\nb\n")).containsExactly("a", "", "b");
    assertThat(lines("a\nb")).as("without a last end of line").containsExactly("a", "b");
    String others = "a\rb\u2028c\u2029d\u0085e\u000Bf\fg\u0000h";
    assertThat(lines(others + "\r\n")).containsExactly(others + "\r");
  }

  @Test
  void aSentenceHasNoWhiteSpaceAtItsEnds() throws IOException {
    try (LineReader reader =
        reader(
            "\u00A0\t a\u00A0\tb\u2028c \u0085\u3000\r\n \r\n".getBytes(StandardCharsets.UTF_8))) {
      reader.next();
      assertThat(reader.sentence()).isEqualTo("a\u00A0\tb\u2028c");
      reader.next();
      assertThat(reader.sentence()).isEmpty();
    }
  }

  @Test
  void lineNumbersAndBytesAreCounted() throws IOException {
    try (LineReader reader = reader("ä\nb".getBytes(StandardCharsets.UTF_8))) {
      reader.next();
      assertThat(reader.number()).isEqualTo(1);
      assertThat(reader.consumed()).isEqualTo(3);
      reader.next();
      assertThat(reader.number()).isEqualTo(2);
      assertThat(reader.consumed()).isEqualTo(4);
      assertThat(reader.next()).isFalse();
      assertThat(reader.consumed()).isEqualTo(4);
    }
  }

  @Test
  void aLineOfAMegabyteIsALine() throws IOException {
    String line = "wörd ".repeat(200_000);
    assertThat(lines("a\n" + line + "\nb")).containsExactly("a", line, "b");
  }

  @Test
  void replacementCharactersOfATextAreKept() throws IOException {
    assertThat(lines("a\uFFFDb")).containsExactly("a\uFFFDb");
  }

  @Test
  void whatIsNoUtf8IsRefusedWithItsLine() throws IOException {
    for (byte[] bad :
        new byte[][] {
          {(byte) 0xFF}, {(byte) 0xC3}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, 65}
        }) {
      byte[] text = new byte[2 + bad.length];
      text[0] = 'a';
      text[1] = '\n';
      System.arraycopy(bad, 0, text, 2, bad.length);
      try (LineReader reader = reader(text)) {
        reader.next();
        assertThat(reader.text()).isEqualTo("a");
        reader.next();
        assertThatThrownBy(reader::text)
            .isInstanceOf(InvalidLineException.class)
            .hasMessage("line 2 is not valid UTF-8");
      }
    }
  }

  @Test
  void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }

          @Override
          public int read(byte[] into, int from, int length) {
            java.util.Arrays.fill(into, from, from + length, (byte) 'a');
            return length;
          }
        };
    assertThatThrownBy(() -> new LineReader(endless).next())
        .isInstanceOf(InvalidLineException.class)
        .hasMessage("line 1 is longer than 67108864 bytes, so it is no sentence");
  }
}
