package dev.livestream.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How every benchmark here is run.
 *
 * <p>A subclass holds one benchmark named {@code bare}: the least that any implementation has to do
 * for the same work, such as hashing the same bytes. JMH runs it right before the others of its
 * class, in the same session, and {@link ResultTable} divides by it. The ratio says something on
 * any machine; the nanoseconds only on the one they were measured on.
 *
 * <p>Many short iterations rather than few long ones: on a machine that others use too, a disturbed
 * iteration then spoils little, and the median hardly moves.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public abstract class HotPathBenchmark {
  /** For subclasses. */
  protected HotPathBenchmark() {}
}
