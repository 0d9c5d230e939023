package dev.livestream.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the rules of the house against the product. */
class ArchitectureTest {
  private static final String ROOT = "dev.livestream";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void engineDoesNoInputOutput() {
    EngineLaw.noInputOutput(ROOT).check(PRODUCT);
  }

  @Test
  void engineUsesNoThreads() {
    EngineLaw.noThreads(ROOT).check(PRODUCT);
  }

  @Test
  void engineReadsNoClock() {
    EngineLaw.noClock(ROOT).check(PRODUCT);
  }

  @Test
  void engineUsesNoUnseededRandom() {
    EngineLaw.noUnseededRandom(ROOT).check(PRODUCT);
  }

  @Test
  void engineMakesNoUnorderedCollections() {
    EngineLaw.noUnorderedCollections(ROOT).check(PRODUCT);
  }

  @Test
  void engineKnowsNothingAbove() {
    RoomArrows.engineKnowsNothingAbove(ROOT).check(PRODUCT);
  }

  @Test
  void wireKnowsNothingAbove() {
    RoomArrows.wireKnowsNothingAbove(ROOT).check(PRODUCT);
  }

  @Test
  void spiKnowsValueTypesOnly() {
    RoomArrows.spiKnowsValueTypesOnly(ROOT).check(PRODUCT);
  }

  @Test
  void cryptoKnowsNothingOfPeers() {
    RoomArrows.cryptoKnowsNothingOfPeers(ROOT).check(PRODUCT);
  }

  @Test
  void publicSignaturesNameNoLibrary() {
    PublicSignatures.nameNoLibrary(ROOT, ROOT + ".spi", ROOT + ".crypto")
        // Until the first public class of the API is there.
        .allowEmptyShould(true)
        .check(PRODUCT);
  }
}
