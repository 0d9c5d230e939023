package dev.livestream.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small swarms and whatever a seed brings upon them. More of them, and larger ones, are in {@link
 * FaultRunsLongTest}.
 *
 * <p>Seed 14 is left out: after its three partitions it takes the last survivor close to 9 s to
 * play again.
 */
class FaultRunsTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 24).filter(seed -> seed != 14);
  }

  static LongStream seedsWithRestarts() {
    return LongStream.rangeClosed(1, 8);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSwarmKeepsItsPromisesWhateverHappens(long seed) throws ScenarioException {
    FaultRun.checked(FaultPlan.of(seed, 30, 60));
  }

  /**
   * That everybody plays again within 8 s of a restart is not asked here: the engine does not reach
   * it with most seeds, see the goals.
   */
  @ParameterizedTest
  @MethodSource("seedsWithRestarts")
  void aBroadcasterThatComesBackDoesNoHarm(long seed) throws ScenarioException {
    FaultRun.checkedForHarm(FaultPlan.withRestart(seed, 30, 60));
  }

  @Test
  void aSeedIsReplayedByItsCommand(@TempDir Path folder) throws ScenarioException, IOException {
    FaultPlan plan = FaultPlan.of(3, 30, 40);
    Path report = folder.resolve("report.json");
    List<String> arguments = new ArrayList<>(plan.arguments());
    arguments.addAll(List.of("--quiet", "--json", report.toString()));

    assertThat(SwarmCommand.execute(arguments.toArray(String[]::new))).isZero();

    ObjectNode replayed = (ObjectNode) new ObjectMapper().readTree(Files.readString(report));
    assertThat(FaultRun.digest(replayed)).isEqualTo(FaultRun.checked(plan).digest());
  }

  @Test
  void aRunThatFailsTellsTheSeedAndTheCommand() {
    FaultPlan plan = FaultPlan.of(3, 30, 40).with("sourceUplink=1000000");

    assertThatThrownBy(() -> FaultRun.checked(plan))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 3 fails")
        .hasMessageContaining("\nbenchmarks/swarm benchmarks/scenarios/faults.json --set viewers=")
        .hasMessageEndingWith("--set sourceUplink=1000000 --seed 3");
  }

  @Test
  void differentSeedsBringDifferentFaults() {
    assertThat(FaultPlan.of(1, 30, 60).arguments())
        .isEqualTo(FaultPlan.of(1, 30, 60).arguments())
        .isNotEqualTo(FaultPlan.of(2, 30, 60).arguments());
  }
}
