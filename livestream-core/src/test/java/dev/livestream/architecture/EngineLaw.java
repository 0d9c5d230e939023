package dev.livestream.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

/**
 * The one law: the engine does no I/O, and the same inputs give the same outputs on every run and
 * every machine. Only then is what the simulator measured what ships, and only then does a seed
 * replay a failure.
 *
 * <p>Each rule takes the root package, so that the same rule can be held against the product and
 * against classes that break it on purpose.
 */
final class EngineLaw {
  private static final List<Class<?>> UNORDERED =
      List.of(
          HashMap.class, HashSet.class, Hashtable.class, IdentityHashMap.class, WeakHashMap.class);

  private EngineLaw() {}

  static ArchRule noInputOutput(String root) {
    DescribedPredicate<JavaClass> io =
        resideInAnyPackage(
                "java.net..",
                "java.nio.channels..",
                "java.nio.file..",
                "java.io..",
                "java.util.logging..",
                "org.slf4j..",
                "io.netty..")
            // Decoders throw these; neither of them does I/O.
            .and(
                DescribedPredicate.not(
                    belongToAnyOf(
                        IOException.class, UncheckedIOException.class, Serializable.class)));
    return noClasses()
        .that()
        .resideInAPackage(root + ".engine..")
        .should()
        .dependOnClassesThat(io)
        .because("bytes and messages come in as arguments and go out as data");
  }

  static ArchRule noThreads(String root) {
    String engine = root + ".engine..";
    String because = "one caller at a time drives the engine, and none of its own";
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideInAPackage(engine)
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage("java.util.concurrent..", "com.github.benmanes..")
                        .or(
                            belongToAnyOf(
                                Thread.class,
                                ThreadLocal.class,
                                Timer.class,
                                Process.class,
                                Runtime.class)))
                .because(because))
        .and(
            noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(engine)
                .should()
                .haveModifier(SYNCHRONIZED)
                // Until the engine has its first method.
                .allowEmptyShould(true)
                .because(because))
        .and(
            noClasses()
                .that()
                .resideInAPackage(engine)
                .should()
                .accessTargetWhere(
                    describe(
                        "streams run in parallel",
                        access ->
                            calls(access, Collection.class, "parallelStream")
                                || (access.getTarget().getName().equals("parallel")
                                    && access.getTargetOwner().isAssignableTo(BaseStream.class))))
                .because(because));
  }

  static ArchRule noClock(String root) {
    String engine = root + ".engine..";
    String because = "time is an argument";
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideInAPackage(engine)
                .should()
                .dependOnClassesThat(belongToAnyOf(Clock.class, Date.class, Calendar.class))
                .because(because))
        .and(
            noClasses()
                .that()
                .resideInAPackage(engine)
                .should()
                .accessTargetWhere(
                    describe(
                        "a java.time class reads the clock",
                        access ->
                            access.getTargetOwner().getPackageName().startsWith("java.time")
                                && access.getTarget().getName().equals("now")))
                .because(because))
        .and(
            noClasses()
                .that()
                .resideInAPackage(engine)
                .should()
                .accessTargetWhere(
                    describe(
                        "System is used for more than arraycopy",
                        access ->
                            access.getTargetOwner().isEquivalentTo(System.class)
                                && !access.getTarget().getName().equals("arraycopy")))
                .because(because + ", and so is all else that System knows"));
  }

  static ArchRule noUnseededRandom(String root) {
    String engine = root + ".engine..";
    String because = "randomness comes from the generator that the engine is given";
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideInAPackage(engine)
                .should()
                .dependOnClassesThat(
                    belongToAnyOf(SecureRandom.class, RandomGeneratorFactory.class))
                .because(because))
        .and(
            noClasses()
                .that()
                .resideInAPackage(engine)
                .should()
                .accessTargetWhere(describe("randomness has no seed", EngineLaw::isUnseeded))
                .because(because));
  }

  static ArchRule noUnorderedCollections(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".engine..")
        .should()
        .accessTargetWhere(
            describe("a collection without a fixed order is made", EngineLaw::hasNoOrder))
        .because(
            "whoever iterates over it gets another order on another run;"
                + " take LinkedHashMap, TreeMap, EnumMap, their sets, or a list");
  }

  private static boolean isUnseeded(JavaAccess<?> access) {
    return calls(access, Math.class, "random")
        || calls(access, StrictMath.class, "random")
        || calls(access, UUID.class, "randomUUID")
        || calls(access, RandomGenerator.class, "of")
        || calls(access, RandomGenerator.class, "getDefault")
        || (calls(access, Collections.class, "shuffle") && parameters(access) == 1)
        || (constructs(access, Random.class) && parameters(access) == 0)
        || (constructs(access, SplittableRandom.class) && parameters(access) == 0);
  }

  private static boolean hasNoOrder(JavaAccess<?> access) {
    return UNORDERED.stream().anyMatch(type -> constructs(access, type))
        // The order of Set.of and Map.of changes from one JVM to the next.
        || calls(access, Set.class, "copyOf")
        || calls(access, Map.class, "copyOf")
        || calls(access, Map.class, "ofEntries")
        || (calls(access, Set.class, "of") && !isSingletonSet(access))
        || (calls(access, Map.class, "of") && parameters(access) > 2)
        || calls(access, Collectors.class, "toSet")
        || calls(access, Collectors.class, "toUnmodifiableSet")
        || calls(access, Collectors.class, "toUnmodifiableMap")
        || (calls(access, Collectors.class, "groupingBy") && parameters(access) < 3)
        || (calls(access, Collectors.class, "toMap") && parameters(access) < 4);
  }

  private static boolean isSingletonSet(JavaAccess<?> access) {
    return parameters(access) == 0
        || (parameters(access) == 1 && !parameterTypes(access).get(0).isArray());
  }

  private static boolean constructs(JavaAccess<?> access, Class<?> type) {
    return calls(access, type, "<init>");
  }

  private static boolean calls(JavaAccess<?> access, Class<?> type, String name) {
    JavaClass owner = access.getTargetOwner();
    boolean sameOwner =
        type == Collection.class ? owner.isAssignableTo(type) : owner.isEquivalentTo(type);
    return sameOwner && access.getTarget().getName().equals(name);
  }

  private static int parameters(JavaAccess<?> access) {
    return parameterTypes(access).size();
  }

  private static List<JavaClass> parameterTypes(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        ? target.getRawParameterTypes()
        : List.of();
  }
}
