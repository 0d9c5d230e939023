package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureDomainTest {
  @ParameterizedTest
  @EnumSource
  void theInputIsTheNamesLengthTheNameAndTheMessage(SignatureDomain domain) {
    byte[] name = domain.text().getBytes(StandardCharsets.US_ASCII);
    byte[] input = domain.signingInput(new byte[] {9, 8});
    assertThat(domain.text()).isASCII();
    assertThat(name.length).isBetween(1, 127);
    assertThat(input).hasSize(1 + name.length + 2);
    assertThat(input[0]).isEqualTo((byte) name.length);
    assertThat(Arrays.copyOfRange(input, 1, 1 + name.length)).isEqualTo(name);
    assertThat(Arrays.copyOfRange(input, 1 + name.length, input.length))
        .isEqualTo(new byte[] {9, 8});
  }

  @Test
  void noTwoDomainsShareAName() {
    Set<String> names = new HashSet<>();
    for (SignatureDomain domain : SignatureDomain.values()) {
      assertThat(names.add(domain.text())).as(domain.text()).isTrue();
    }
  }
}
