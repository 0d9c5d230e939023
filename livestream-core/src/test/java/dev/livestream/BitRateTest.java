package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitRateTest {
  @ParameterizedTest
  @CsvSource({
    "2.5M,2500000,2.5M",
    "800k,800000,800k",
    "10M,10000000,10M",
    "1234,1234,1.234k",
    "0,0,0",
    "999,999,999",
    "1G,1000000000,1000M",
    " 2.5m ,2500000,2.5M",
    "0.5k,500,500"
  })
  void ratesAreReadAndPrintedAsPeopleWriteThem(String text, long bits, String printed) {
    BitRate rate = BitRate.parse(text);
    assertThat(rate.bitsPerSecond()).isEqualTo(bits);
    assertThat(rate).hasToString(printed);
    assertThat(BitRate.parse(printed)).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "M", "fast", "-1", "1e9", "2.5MB", "1.", ".5M", "99999999999999"})
  void whatIsNoRateIsRefusedInOneSentence(String text) {
    assertThatThrownBy(() -> BitRate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not a bit rate");
  }

  @Test
  void unitsAgree() {
    assertThat(BitRate.ofMegabits(2.5)).isEqualTo(BitRate.ofKilobits(2_500));
    assertThat(BitRate.ofBytes(1_000)).isEqualTo(BitRate.ofBits(8_000));
    assertThat(BitRate.ofBits(8_001).bytesPerSecond()).isEqualTo(1_000);
    assertThat(BitRate.ofKilobits(1)).isLessThan(BitRate.ofMegabits(1));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatThrownBy(() -> BitRate.ofBits(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BitRate.ofMegabits(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BitRate.ofMegabits(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BitRate.ofMegabits(1e9)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BitRate.ofBytes(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
