package dev.livestream.node;

/** Adds up what goes through connections. On the loop only. */
final class TrafficMeter {
  private long bytesUp;
  private long bytesDown;
  private long malformed;

  void sent(int bytes) {
    bytesUp += bytes;
  }

  void received(int bytes) {
    bytesDown += bytes;
  }

  void refused() {
    malformed++;
  }

  StreamSnapshot.Traffic snapshot() {
    return new StreamSnapshot.Traffic(bytesUp, bytesDown, malformed);
  }
}
