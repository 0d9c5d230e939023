package dev.livestream.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import dev.livestream.benchmarks.swarm.scenario.ScenarioReader;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static Population of(String json) throws ScenarioException {
    return new Population(ScenarioReader.parse(json).read(), 5);
  }

  @Test
  void anyTenInARowHaveTheSharesOfTheScenario() throws ScenarioException {
    Population population = of("{\"viewers\": 10}");
    for (int deck = 0; deck < 5; deck++) {
      int[] counts = new int[4];
      for (int i = 0; i < 10; i++) {
        counts[population.nextUplink()]++;
      }
      assertThat(counts).containsExactly(3, 4, 2, 1);
    }
  }

  @Test
  void leavesComeInTheirShare() throws ScenarioException {
    Population population = of("{\"viewers\": 10, \"leafShare\": 0.6}");
    int leaves = 0;
    for (int i = 0; i < 100; i++) {
      leaves += population.nextLeaf() ? 1 : 0;
    }

    assertThat(leaves).isEqualTo(60);
  }

  @Test
  void staysHaveTheirMean() throws ScenarioException {
    for (String kind : new String[] {"exponential", "weibull"}) {
      Population population =
          of(
              "{\"viewers\": 10, \"sessions\": {\"kind\": \""
                  + kind
                  + "\", \"meanSeconds\": 100, \"shape\": 0.7}}");
      double sum = 0;
      for (int i = 0; i < 200_000; i++) {
        sum += population.nextStayMicros() / 1e6;
      }
      assertThat(sum / 200_000).as(kind).isCloseTo(100, within(2.0));
    }
  }
}
