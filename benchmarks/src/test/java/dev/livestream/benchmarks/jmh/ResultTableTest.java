package dev.livestream.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static String result(String name, String params, String nanos) {
    return """
    {"benchmark": "dev.livestream.benchmarks.jmh.%s", "params": %s, "secondaryMetrics": {
      "cpu.time.norm": {"rawData": [%s]}, "gc.alloc.rate.norm": {"rawData": [[64.0]]}}}
    """
        .formatted(name, params, nanos);
  }

  private static JsonNode results(String... results) throws IOException {
    return new ObjectMapper().readTree("[" + String.join(",", results) + "]");
  }

  @Test
  void theRatioIsToTheBareBenchmarkOfTheSameClassAndParameters() throws IOException {
    String table =
        ResultTable.of(
            results(
                result("Other.bare", "{}", "[7]"),
                result("Sign.bare", "{\"batch\": \"1\"}", "[100]"),
                result("Sign.bare", "{\"batch\": \"8\"}", "[800]"),
                result("Sign.sign", "{\"batch\": \"8\"}", "[1000]")));
    assertThat(table).contains("| Sign.sign, batch 8 | 80.0 % | 1,000 ± 0 | 64 |");
  }

  @Test
  void aBareBenchmarkWithoutParametersServesAllOfItsClass() throws IOException {
    String table =
        ResultTable.of(
            results(
                result("Verify.bare", "{}", "[50]"),
                result("Verify.verify", "{\"batch\": \"4\"}", "[100]")));
    assertThat(table)
        .contains("| Verify.bare |  | 50 ± 0 | 64 |")
        .contains("| Verify.verify, batch 4 | 50.0 % | 100 ± 0 | 64 |");
  }

  @Test
  void theFigureIsTheMedianAndTheErrorHalfTheDistanceOfTheQuartiles() throws IOException {
    String table = ResultTable.of(results(result("A.bare", "{}", "[9000, 10, 20, 30, 40]")));
    assertThat(table).contains("| 30 ± 10 |");
  }

  @Test
  void aRunWithoutProcessorTimeIsRefusedByName() throws IOException {
    JsonNode results = results("{\"benchmark\": \"a.b.C.bare\"}");
    assertThatThrownBy(() -> ResultTable.of(results))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu.time.norm");
  }

  @Test
  void theEssenceGivesTheSameTableAndNamesNoPath() throws IOException {
    JsonNode results = results(result("A.bare", "{\"n\": \"1\"}", "[10, 20]"));
    ((ObjectNode) results.path(0)).put("jvm", "/somewhere/bin/java");
    JsonNode essence = ResultTable.essence(results);
    assertThat(ResultTable.of(essence)).isEqualTo(ResultTable.of(results));
    assertThat(essence.toString()).doesNotContain("somewhere");
  }
}
