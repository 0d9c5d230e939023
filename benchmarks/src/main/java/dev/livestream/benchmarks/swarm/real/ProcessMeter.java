package dev.livestream.benchmarks.swarm.real;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process costs the machine. */
final class ProcessMeter {
  static final String READER_THREADS = "viewer";

  /** How QUIC's loops are called. */
  private static final String LOOP_THREADS = "livestream-quic";

  private static final Path TASKS = Path.of("/proc/self/task");
  private static final Path STATUS = Path.of("/proc/self/status");

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /**
   * What it has cost so far.
   *
   * @param cpuNanos of the whole process: loops, readers, compiler, collector
   * @param loopNanos of these, the threads that carry all streams
   * @param readerNanos of these, the threads of the viewers' programs
   * @param loopWaitNanos how long those were ready to run while no core was free; 0 if the system
   *     hides it
   * @param gcMillis time spent collecting
   * @param compileMillis time spent compiling
   */
  record Cost(
      long cpuNanos,
      long loopNanos,
      long readerNanos,
      long loopWaitNanos,
      long gcMillis,
      long compileMillis) {}

  Cost cost() {
    long gc = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      gc += Math.max(0, bean.getCollectionTime());
    }
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return new Cost(
        system.getProcessCpuTime(),
        ofThreads(LOOP_THREADS),
        ofThreads(READER_THREADS),
        loopWaitNanos(),
        gc,
        compiler == null ? 0 : compiler.getTotalCompilationTime());
  }

  private long ofThreads(String name) {
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(name)) {
        sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return sum;
  }

  /** By the scheduler's own count: its second figure is the time spent waiting for a core. */
  private static long loopWaitNanos() {
    long sum = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        if (LOOP_THREADS.startsWith(Files.readString(task.resolve("comm")).strip())) {
          sum += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 3)[1]);
        }
      }
    } catch (IOException e) {
      // Not Linux, or a thread that has just ended.
      return sum;
    }
    return sum;
  }

  /** Threads alive, readers included. */
  int threads() {
    return threads.getThreadCount();
  }

  /** Threads that carry streams. */
  int loops() {
    int count = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(LOOP_THREADS)) {
        count++;
      }
    }
    return count;
  }

  /** How many programs want to run on the machine, this one included. */
  double load() {
    return system.getSystemLoadAverage();
  }

  /** Bytes of the heap that are in use after a collection. */
  static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** All memory of the process that is in use, native memory included; 0 if the system hides it. */
  static long residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
