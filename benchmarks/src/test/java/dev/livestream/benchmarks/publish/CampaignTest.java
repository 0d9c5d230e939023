package dev.livestream.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {
  @TempDir private Path folder;
  private final List<String> ran = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private List<Run> runs = List.of();

  @BeforeEach
  void choose() throws PublishException {
    runs =
        Matrix.read(Path.of(".."))
            .runs(List.of("claim-10", "forever-10*"), Seeds.parse("1,2"), 100);
  }

  /** Writes a report and notes the run; ends as if it were killed at one of them. */
  private Campaign.Runner runner(String killedAt) {
    return (run, report, log) -> {
      ran.add(run.reportFile());
      Files.writeString(log, "progress");
      if (run.reportFile().equals(killedAt)) {
        Files.writeString(report, "{\"scenario\":");
        throw new InterruptedException("killed");
      }
      Files.writeString(
          report,
          SampleReports.json(run.name(), run.strategy(), run.seed(), run.viewers()).toString());
      return true;
    };
  }

  private int run(Campaign.Runner runner, String commit)
      throws IOException, InterruptedException, PublishException {
    return new Campaign(folder, runner, commit, new PrintStream(said, true, StandardCharsets.UTF_8))
        .run(runs);
  }

  @Test
  void theFirstSeedOfAllComesBeforeTheSecondOfAny() throws Exception {
    run(runner(""), "a");

    assertThat(ran)
        .containsExactly(
            "forever-10.seed1.json",
            "forever-10.client-server.seed1.json",
            "forever-10.mesh-pull.seed1.json",
            "forever-10.gossip.seed1.json",
            "claim-10.seed1.json",
            "forever-100.seed1.json",
            "forever-100.client-server.seed1.json",
            "forever-100.mesh-pull.seed1.json",
            "forever-100.gossip.seed1.json",
            "forever-10.seed2.json",
            "claim-10.seed2.json",
            "forever-100.seed2.json");
  }

  @Test
  void whatWasStoppedGoesOnWhereItWas() throws Exception {
    assertThatThrownBy(() -> run(runner("claim-10.seed1.json"), "a"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Reports.read(folder).all()).hasSize(4);
    ran.clear();

    assertThat(run(runner(""), "a")).isZero();
    assertThat(ran).hasSize(8).startsWith("claim-10.seed1.json");
    assertThat(Reports.read(folder).all()).hasSize(12);
    ran.clear();

    run(runner(""), "b");
    assertThat(ran).isEmpty();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("12 reports that were there are of other sources than b");
  }

  @Test
  void aReportTellsHowItCameAbout() throws Exception {
    run(runner(""), "1234abc");
    Report report = Reports.readOne(folder.resolve("forever-10.gossip.seed1.json"));

    assertThat(report.origin("commit")).isEqualTo("1234abc");
    assertThat(report.origin("machine")).contains(" cores, ").contains("JDK ");
    assertThat(report.origin("command"))
        .isEqualTo(
            "benchmarks/swarm benchmarks/scenarios/forever-10.json --strategy gossip --seed 1");
  }

  @Test
  void aRunThatFailsLeavesItsLogAndTheOthersGoOn() throws Exception {
    Campaign.Runner well = runner("");
    Campaign.Runner failing =
        (run, report, log) ->
            well.run(run, report, log) && !run.reportFile().equals("claim-10.seed1.json");

    assertThat(run(failing, "a")).isEqualTo(1);
    assertThat(folder.resolve("claim-10.seed1.log")).exists();
    assertThat(folder.resolve("claim-10.seed1.json")).doesNotExist();
    assertThat(folder.resolve("forever-10.seed1.log")).doesNotExist();
    assertThat(Reports.read(folder).all()).hasSize(11);
  }

  @Test
  void whatIsNotInTheMatrixIsRefused() throws PublishException {
    Matrix matrix = Matrix.read(Path.of(".."));

    assertThatThrownBy(() -> matrix.runs(List.of("forever-11"), null, 10))
        .hasMessage("the matrix has no entry 'forever-11'");
  }

  @Test
  void aMatrixIsCheckedAsAWhole() throws IOException {
    assertThatThrownBy(() -> matrix("[{\"name\": \"forever-10\", \"set\": [\"lose=1\"]}]"))
        .hasMessage("the matrix, entry 'forever-10': unknown field 'lose'");
    assertThatThrownBy(() -> matrix("[{\"name\": \"mine\", \"scenario\": \"forever-10.json\"}]"))
        .hasMessage("the matrix, entry 'mine': the scenario calls itself 'forever-10'");
    assertThatThrownBy(() -> matrix("[{\"name\": \"forever-10\"}, {\"name\": \"forever-10\"}]"))
        .hasMessage("the matrix has two entries 'forever-10'");
    assertThatThrownBy(() -> matrix("[{\"name\": \"forever-10\", \"seeds\": \"few\"}]"))
        .hasMessageStartingWith("'few' is no list of seeds");
    assertThatThrownBy(() -> matrix("{")).hasMessageContaining("is no matrix");
  }

  private Matrix matrix(String json) throws IOException, PublishException {
    Path scenarios = Files.createDirectories(folder.resolve("benchmarks/scenarios"));
    Files.copy(
        Path.of("scenarios/forever-10.json"),
        scenarios.resolve("forever-10.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("benchmarks/matrix.json"), json);
    return Matrix.read(folder);
  }
}
