package dev.livestream.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import dev.livestream.crypto.PeerIdentity;
import java.util.Set;

/** Which room may know which: arrows go one way, from the public API down to crypto. */
final class RoomArrows {
  /**
   * Types that count as values though a field of theirs is not final. A peer's identity never
   * changes for who looks from outside; it only makes its certificate when first asked. Add to this
   * list only what holds the same.
   */
  private static final Set<Class<?>> OUTWARDLY_IMMUTABLE = Set.of(PeerIdentity.class);

  private RoomArrows() {}

  static ArchRule engineKnowsNothingAbove(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(root, root + ".node..", root + ".transport..");
  }

  static ArchRule wireKnowsNothingAbove(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".wire..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(root, root + ".engine..", root + ".node..", root + ".transport..");
  }

  static ArchRule spiKnowsValueTypesOnly(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".spi..")
        .should()
        .onlyDependOnClassesThat(
            describe(
                "belong to the SPI, to a library, or are immutable values",
                type ->
                    !type.getPackageName().startsWith(root)
                        || type.getPackageName().startsWith(root + ".spi")
                        || (isPublicRoom(type, root) && isValue(type))));
  }

  static ArchRule cryptoKnowsNothingOfPeers(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".crypto..")
        .should()
        .dependOnClassesThat(
            describe(
                "belong to another room",
                type ->
                    type.getPackageName().startsWith(root)
                        && !type.getPackageName().startsWith(root + ".crypto")));
  }

  private static boolean isPublicRoom(JavaClass type, String root) {
    return type.getPackageName().equals(root) || type.getPackageName().equals(root + ".crypto");
  }

  private static boolean isValue(JavaClass type) {
    DescribedPredicate<JavaClass> throwable = JavaClass.Predicates.assignableTo(Throwable.class);
    return type.isRecord()
        || type.isEnum()
        || throwable.test(type)
        || OUTWARDLY_IMMUTABLE.stream().anyMatch(type::isEquivalentTo)
        || (type.getModifiers().contains(JavaModifier.FINAL)
            && type.getFields().stream()
                .allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL)));
  }
}
