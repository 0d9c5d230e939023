package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.livestream.crypto.Base32;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.spi.PeerAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamLinkTest {
  private static final ChannelKey KEY = ChannelKey.fromSeed(new byte[32]);
  private static final StreamLink LINK =
      StreamLink.of(
          KEY.id(),
          new PeerAddress("192.0.2.7", 4_700),
          new PeerAddress("2001:db8::1", 65_535),
          new PeerAddress("cam.example.org", 1));

  @Test
  void aLinkComesBackAsItWasPrinted() {
    assertThat(LINK.toString()).matches("livestream:[a-z2-7]+");
    assertThat(StreamLink.parse(LINK.toString())).isEqualTo(LINK).hasSameHashCodeAs(LINK);
    StreamLink bare = StreamLink.of(KEY.id());
    assertThat(StreamLink.parse(bare.toString())).isEqualTo(bare).isNotEqualTo(LINK);
    assertThat(bare.hints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  %s\n",
        "<%s>",
        "\"%s\"",
        "(%s).",
        "%s,",
        "%s!",
        "*%s*",
        "`%s`",
        "\u201c%s\u201d",
        "\ufeff%s\u200b",
        "[%s]",
        "%s...",
        "%s?",
        "'%s';"
      })
  void whatChatProgramsAddIsForgiven(String around) {
    assertThat(StreamLink.parse(String.format(around, LINK))).isEqualTo(LINK);
  }

  @Test
  void capitalLettersAreForgiven() {
    assertThat(StreamLink.parse(LINK.toString().toUpperCase(Locale.ROOT))).isEqualTo(LINK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "<>", "\n"})
  void anEmptyLinkSaysSo(String text) {
    refused(text, "The link is empty.");
  }

  @Test
  void noLinkAtAllSaysSo() {
    refused(null, "The link is empty.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.org/live", "magnet:?xt=1", "livestrea:abc", "hello"})
  void aForeignLinkSaysSo(String text) {
    assertThatThrownBy(() -> StreamLink.parse(text))
        .isInstanceOf(InvalidLinkException.class)
        .hasMessageContaining("is not a stream's link")
        .hasMessageContaining("livestream:");
  }

  static IntStream cuts() {
    return IntStream.range("livestream:".length(), LINK.toString().length());
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aLinkCutOffAnywhereSaysSo(int length) {
    assertThatThrownBy(() -> StreamLink.parse(LINK.toString().substring(0, length)))
        .isInstanceOf(InvalidLinkException.class)
        .hasMessageStartingWith("The link is cut off");
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aTypingErrorAnywhereIsNoticed(int at) {
    StringBuilder text = new StringBuilder(LINK.toString());
    text.setCharAt(at, text.charAt(at) == 'a' ? 'b' : 'a');
    assertThatThrownBy(() -> StreamLink.parse(text.toString()))
        .isInstanceOf(InvalidLinkException.class)
        .hasMessageMatching("The link is (damaged|cut off).*");
  }

  @Test
  void twoLettersChangedPlacesAreNoticed() {
    String good = LINK.toString();
    for (int i = "livestream:".length(); i + 1 < good.length(); i++) {
      char[] swapped = good.toCharArray();
      swapped[i] = good.charAt(i + 1);
      swapped[i + 1] = good.charAt(i);
      String text = new String(swapped);
      if (!text.equals(good)) {
        assertThatThrownBy(() -> StreamLink.parse(text)).isInstanceOf(InvalidLinkException.class);
      }
    }
  }

  @Test
  void aStrangeCharacterSaysWhere() {
    refused(
        "livestream:abc1def",
        "The link is damaged: character 4 after 'livestream:' has no place there.");
  }

  @Test
  void aNewerVersionSaysSo() {
    byte[] bytes = LinkFormat.encode(LINK);
    bytes[0] = 2;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    refused(
        "livestream:" + Base32.encode(bytes),
        "The link is of version 2, made by a newer program; this one knows version 1.");
  }

  @Test
  void anEndlessTextIsNotLookedAt() {
    assertThatThrownBy(() -> StreamLink.parse("livestream:" + "a".repeat(10_000)))
        .isInstanceOf(InvalidLinkException.class)
        .hasMessageContaining("no stream's link is that long");
  }

  @Test
  void hintsThatCannotBeUsedAreRefused() {
    PeerAddress address = new PeerAddress("192.0.2.1", 1);
    assertThatThrownBy(() -> StreamLink.of(KEY.id(), Collections.nCopies(9, address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 8");
    assertThatThrownBy(() -> StreamLink.of(KEY.id(), new PeerAddress("192.0.2.1", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no port");
  }

  @Test
  void theLongestLinkComesBack() {
    PeerAddress longest = new PeerAddress("a".repeat(253), 65_535);
    StreamLink link = StreamLink.of(KEY.id(), Collections.nCopies(8, longest));
    assertThat(StreamLink.parse(link.toString())).isEqualTo(link);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anyTextIsALinkThatComesBackOrIsRefusedInOneSentence(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      StreamLink link = StreamLink.parse(text);
      assertThat(StreamLink.parse(link.toString())).isEqualTo(link);
    } catch (InvalidLinkException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            LINK.toString(),
            StreamLink.of(KEY.id(), List.of()).toString(),
            "livestream:",
            "livestream:a",
            "livestream:aaaaaaaa",
            "LIVESTREAM:" + "A".repeat(80),
            "<livestream:>",
            "\ud800")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String text, String sentence) {
    assertThatThrownBy(() -> StreamLink.parse(text))
        .isInstanceOf(InvalidLinkException.class)
        .hasMessage(sentence);
  }
}
