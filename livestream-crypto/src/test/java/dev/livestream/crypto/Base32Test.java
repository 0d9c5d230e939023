package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, my",
    "fo, mzxq",
    "foo, mzxw6",
    "foob, mzxw6yq",
    "fooba, mzxw6ytb",
    "foobar, mzxw6ytboi"
  })
  void agreesWithTheVectorsOfRfc4648(String plain, String text) {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.encode(bytes)).isEqualTo(text);
    assertThat(Base32.decode(text)).isEqualTo(bytes);
  }

  @Test
  void decodesWhatItEncodes() {
    Random random = new Random(1);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Base32.decode(Base32.encode(bytes))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MY", "m1", "m0", "m8", "m y", "my======", "mé", "m-", "m\u0000", "m\uff4d"})
  void refusesCharactersOutsideTheAlphabet(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Base32.decode(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 9, 11, 14})
  void refusesLengthsThatNoBytesHave(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base32.decode("a".repeat(length)))
        .withMessageContaining(length + " characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mz", "mzxr", "mzxw7", "mzxw6yr"})
  void refusesASecondTextForTheSameBytes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base32.decode(text))
        .withMessageContaining("not canonical");
  }
}
