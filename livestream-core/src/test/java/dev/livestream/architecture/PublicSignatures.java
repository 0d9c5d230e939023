package dev.livestream.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/** No library's type shows in a public signature, so that a library can be replaced. */
final class PublicSignatures {
  private static final List<String> HIDDEN_LIBRARIES =
      List.of(
          "io.netty",
          "com.google.protobuf",
          "org.bouncycastle",
          "com.github.benmanes",
          "org.jctools",
          "dev.livestream.wire.proto");

  private PublicSignatures() {}

  static ArchRule nameNoLibrary(String... exportedPackages) {
    return classes()
        .that()
        .resideInAnyPackage(exportedPackages)
        .and()
        .arePublic()
        .should(nameNoLibraryInSignatures());
  }

  private static ArchCondition<JavaClass> nameNoLibraryInSignatures() {
    return new ArchCondition<>("name no library's type in public signatures") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
            .forEach(parent -> report(type, type.getName(), parent, events));
        for (JavaMember member : type.getMembers()) {
          if (isPublic(member)) {
            signature(member).forEach(named -> report(type, member.getFullName(), named, events));
          }
        }
      }
    };
  }

  private static boolean isPublic(JavaMember member) {
    return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
  }

  private static Stream<JavaType> signature(JavaMember member) {
    if (member instanceof JavaCodeUnit method) {
      return Stream.of(
              Stream.of(method.getReturnType()),
              method.getParameterTypes().stream(),
              method.getExceptionTypes().stream(),
              method.getTypeParameters().stream())
          .flatMap(types -> types);
    }
    return member.getAllInvolvedRawTypes().stream().map(type -> type);
  }

  private static void report(JavaClass type, String where, JavaType named, ConditionEvents events) {
    for (JavaClass involved : named.getAllInvolvedRawTypes()) {
      if (HIDDEN_LIBRARIES.stream().anyMatch(involved.getPackageName()::startsWith)) {
        events.add(SimpleConditionEvent.violated(type, where + " names " + involved.getName()));
      }
    }
  }
}
