package dev.livestream.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Shows that each rule can fail: classes that break it are reported, those that keep it are not.
 */
class ArchitectureRulesTest {
  private static final String ROOT = "dev.livestream.architecture.fixture";
  private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);

  @Test
  void inputOutputIsReported() {
    assertReports(
        EngineLaw.noInputOutput(ROOT),
        List.of(
            "DoesInputOutput.address",
            "DoesInputOutput.channel",
            "DoesInputOutput.file",
            "DoesInputOutput.stream",
            "DoesInputOutput.log"),
        List.of("throwsOnly"));
  }

  @Test
  void threadsAreReported() {
    assertReports(
        EngineLaw.noThreads(ROOT),
        List.of(
            "UsesThreads.concurrent",
            "UsesThreads.thread()",
            "UsesThreads.threadLocal",
            "UsesThreads.locked",
            "UsesThreads.parallelStream",
            "UsesThreads.parallel(",
            "RollsDice.threadLocal"),
        List.of("LosesOrder"));
  }

  @Test
  void clocksAreReported() {
    assertReports(
        EngineLaw.noClock(ROOT),
        List.of(
            "ReadsClock.nanoTime",
            "ReadsClock.currentTimeMillis",
            "ReadsClock.instantNow",
            "ReadsClock.clock",
            "ReadsClock.identity"),
        List.of("copiesOnly"));
  }

  @Test
  void unseededRandomIsReported() {
    assertReports(
        EngineLaw.noUnseededRandom(ROOT),
        List.of(
            "RollsDice.mathRandom",
            "RollsDice.unseeded()",
            "RollsDice.unseededByReference",
            "RollsDice.unseededSplittable",
            "RollsDice.byDefault",
            "RollsDice.secure",
            "RollsDice.shuffle(",
            "RollsDice.uuid"),
        List.of("RollsDice.seeded", "shuffleSeeded"));
  }

  @Test
  void unorderedCollectionsAreReported() {
    assertReports(
        EngineLaw.noUnorderedCollections(ROOT),
        List.of(
            "LosesOrder.hashMap",
            "LosesOrder.hashSetByReference",
            "LosesOrder.identityHashMap",
            "LosesOrder.setOf",
            "LosesOrder.setCopyOf",
            "LosesOrder.mapOf",
            "LosesOrder.toSet",
            "LosesOrder.groupingBy("),
        List.of("singletonIsOrdered", "groupingIntoTreeIsOrdered", "linkedIsOrdered"));
  }

  @Test
  void arrowsOutOfTheEngineAreReported() {
    assertReports(
        RoomArrows.engineKnowsNothingAbove(ROOT),
        List.of("KnowsUpwards.api", "KnowsUpwards.node"),
        List.of("LosesOrder"));
  }

  @Test
  void arrowsOutOfTheWireAreReported() {
    assertReports(
        RoomArrows.wireKnowsNothingAbove(ROOT), List.of("KnowsEngine.engine"), List.of("KnowsApi"));
  }

  @Test
  void arrowsOutOfTheSpiAreReported() {
    assertReports(
        RoomArrows.spiKnowsValueTypesOnly(ROOT),
        List.of("KnowsApi.api", "KnowsNode.node"),
        List.of("KnowsValue"));
  }

  @Test
  void arrowsOutOfCryptoAreReported() {
    assertReports(
        RoomArrows.cryptoKnowsNothingOfPeers(ROOT),
        List.of("KnowsPeers.value"),
        List.of("KnowsApi"));
  }

  @Test
  void librariesInPublicSignaturesAreReported() {
    assertReports(
        PublicSignatures.nameNoLibrary(ROOT),
        List.of(
            "LeakySignatures.inField names",
            "LeakySignatures.<init>",
            "LeakySignatures.inTypeArgument",
            "LeakySignatures.inParameter",
            "LeakySignatures.inThrows"),
        List.of("hidden"));
  }

  private static void assertReports(ArchRule rule, List<String> broken, List<String> kept) {
    String report = rule.evaluate(FIXTURE).getFailureReport().toString();
    assertThat(report).contains(broken);
    assertThat(report).doesNotContain(kept);
  }
}
