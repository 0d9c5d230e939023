package dev.livestream.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PageTest {
  private static final Path ROOT = Path.of("..");

  @TempDir private Path into;

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static Report report(String name, String strategy, int viewers) throws PublishException {
    return new Report(name + strategy, SampleReports.json(name, strategy, 1, viewers));
  }

  private static Reports some() throws PublishException {
    List<Report> reports = new ArrayList<>();
    for (String strategy : List.of("hybrid", "gossip", "client-server", "mesh-pull")) {
      for (int viewers : List.of(1, 10, 100)) {
        reports.add(report("forever-" + viewers, strategy, viewers));
      }
    }
    reports.add(report("kill-30", "hybrid", 1_000));
    reports.add(report("crowd", "hybrid", 100));
    return new Reports(reports);
  }

  @Test
  void everyPictureOfThePageIsThereAndIsXml() throws Exception {
    new Page(some(), Matrix.read(ROOT)).writeInto(into);
    String page = Files.readString(into.resolve("swarm.md"));

    List<Path> pictures;
    try (Stream<Path> files = Files.list(into.resolve("swarm"))) {
      pictures = files.sorted().toList();
    }
    assertThat(pictures).hasSize(8);
    for (Path picture : pictures) {
      assertThat(page).contains("](swarm/" + picture.getFileName() + ")");
      Document document = parsed(Files.readString(picture));
      assertThat(document.getElementsByTagName("path").getLength()).isPositive();
      assertThat(Files.readString(picture)).doesNotContain("NaN").doesNotContain("Infinity");
    }
  }

  @Test
  void thePageHasATableForEachStrategyAndWhatWasNotMeasured() throws Exception {
    new Page(some(), Matrix.read(ROOT)).writeInto(into);
    String page = Files.readString(into.resolve("swarm.md"));

    assertThat(page)
        .contains("### hybrid", "### client-server", "### mesh-pull", "### gossip")
        .contains("| 100 | 99.96 % | 99.6 % | 400 ms | 200 ms | 550 ms | 367 ms |")
        .contains("| not measured |")
        .contains("### crowd", "### kill-30");
  }

  @Test
  void theSameReportsGiveTheSamePage(@TempDir Path other) throws Exception {
    new Page(some(), Matrix.read(ROOT)).writeInto(into);
    new Page(some(), Matrix.read(ROOT)).writeInto(other);

    try (Stream<Path> files = Files.walk(into)) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .hasSize(9)
          .allSatisfy(
              file ->
                  assertThat(file).hasSameTextualContentAs(other.resolve(into.relativize(file))));
    }
  }

  @Test
  void aPageOfNothingIsRefused() {
    assertThatThrownBy(() -> new Page(new Reports(List.of()), Matrix.read(ROOT)))
        .hasMessage("there are no reports to make a page of");
  }

  @Test
  void aReportThatOnlyBearsTheNameOfARunIsRefused() throws PublishException {
    Matrix matrix = Matrix.read(ROOT);
    Reports fewer = new Reports(List.of(report("kill-30", "hybrid", 30)));
    ObjectNode other = SampleReports.json("kill-30", "hybrid", 1, 1_000);
    other.putObject("origin").put("command", "benchmarks/swarm other.json --seed 1");
    Reports elsewhere = new Reports(List.of(new Report("other", other)));

    assertThatThrownBy(() -> matrix.verify(fewer))
        .hasMessage("kill-30hybrid is not of the run 'kill-30' as the matrix has it");
    assertThatThrownBy(() -> matrix.verify(elsewhere))
        .hasMessage("other is not of the run 'kill-30' as the matrix has it");
  }

  @Test
  void whatCannotBeShownLeavesAGapAndTextIsEscaped() throws Exception {
    Chart chart =
        new Chart(
            "a < b & c",
            Axis.logarithmic("viewers", 1, 10_000),
            Axis.logarithmic("%", 0.1, 100),
            List.of(
                new Chart.Series(
                    "x",
                    0,
                    false,
                    List.of(
                        new Chart.Point(1, 1),
                        new Chart.Point(10, 0),
                        new Chart.Point(100, Double.NaN),
                        new Chart.Point(1_000, 50)))),
            List.of());
    Document document = parsed(ChartSvg.of(List.of(chart)));

    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2);
    String path =
        document
            .getElementsByTagName("path")
            .item(0)
            .getAttributes()
            .getNamedItem("d")
            .getNodeValue();
    assertThat(path).matches("M[0-9. ]+ M[0-9. ]+");
  }

  @Test
  void axesHaveRoundNumbers() {
    assertThat(Axis.linear("ms", 0, 873).ticks())
        .containsExactly(0., 200., 400., 600., 800., 1000.);
    assertThat(Axis.linear("x", 0, 3).label(0.5)).isEqualTo("0.5");
    Axis viewers = Axis.logarithmic("viewers", 1, 10_000);
    assertThat(viewers.ticks()).containsExactly(1., 10., 100., 1_000., 10_000.);
    assertThat(viewers.ticks().stream().map(viewers::label))
        .containsExactly("1", "10", "100", "1,000", "10,000");
    assertThat(Axis.logarithmic("%", 0.1, 100).label(0.1)).isEqualTo("0.1");
  }
}
