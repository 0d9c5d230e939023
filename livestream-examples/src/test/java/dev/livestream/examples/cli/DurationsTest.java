package dev.livestream.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"500ms,500", "2s,2000", "1.5s,1500", "10m,600000", "1h,3600000", " 0s ,0"})
  void readsWhatPeopleWrite(String text, long millis) {
    assertThat(Durations.parse(text)).hasMillis(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1s", "1e9s", "2 s", "s", "99999999999s", "1d"})
  void refusesTheRestWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessage("'" + text + "' is not a duration; write for example 500ms, 2s or 10m.");
  }

  @Test
  void theLongestFits() {
    assertThat(Durations.parse("999999999h")).isPositive();
  }
}
