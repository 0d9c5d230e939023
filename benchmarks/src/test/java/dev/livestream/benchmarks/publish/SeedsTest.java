package dev.livestream.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
  @Test
  void rangesAndSingleSeedsAreEachTakenOnce() throws PublishException {
    assertThat(Seeds.parse("7-9, 1,8")).containsExactly(1L, 7L, 8L, 9L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1,2,3,4,5 | 1-5", "1,2 | 1,2", "9,7,8,1 | 1,7-9", "4 | 4"})
  void theyAreWrittenInTheShortestWay(String seeds, String text) {
    List<Long> numbers = List.of(seeds.split(",")).stream().map(Long::valueOf).toList();

    assertThat(Seeds.text(numbers)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1-", "-3", "5-1", "1-2-3", "1,,2", "0-99999", "1.5"})
  void whatIsNoListIsRefusedByName(String text) {
    assertThatThrownBy(() -> Seeds.parse(text))
        .isInstanceOf(PublishException.class)
        .hasMessage("'" + text + "' is no list of seeds, such as 1-5 or 1,3,7-9");
  }
}
