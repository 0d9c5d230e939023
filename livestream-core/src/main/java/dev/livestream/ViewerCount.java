package dev.livestream;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many peers are connected, for those who wait for them. */
final class ViewerCount {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int count;

  void add(int change) {
    lock.lock();
    try {
      count += change;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  boolean await(int wanted, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (count < wanted && left > 0) {
        left = changed.awaitNanos(left);
      }
      return count >= wanted;
    } finally {
      lock.unlock();
    }
  }
}
