package dev.livestream.benchmarks.swarm.scenario;

import java.util.List;

/**
 * What is simulated. Rates in bits per second. Moments count in seconds from the start of the run,
 * warm-up included.
 *
 * @param viewers there from the start, joining over the first seconds of the warm-up
 * @param warmupSeconds what is not measured
 * @param durationSeconds what is
 * @param playoutDelayMs target latency of every viewer
 * @param sourceUplink the broadcaster's uplink, which it also takes as its upload limit; 0 for
 *     none, in real time only
 * @param uplinks the viewers' uplinks; empty for no limit, in real time only
 * @param downlink every viewer's downlink; the broadcaster's is at least as wide as its uplink
 * @param leafShare part of the viewers that never pass anything on
 * @param uplinkKnown whether viewers are told their uplink's rate as an upload limit; otherwise
 *     they have to measure it
 * @param uploadLimitShare of an uplink's rate, what a peer that is told a limit is told: below 1 it
 *     is the peer that keeps to it and not its uplink
 * @param realCrypto whether every peer checks every signature itself
 */
public record Scenario(
    String name,
    long seed,
    int viewers,
    double warmupSeconds,
    double durationSeconds,
    Stream stream,
    int playoutDelayMs,
    double sourceUplink,
    List<Uplink> uplinks,
    double downlink,
    double leafShare,
    Delay oneWayDelayMs,
    Loss loss,
    Sessions sessions,
    List<Arrival> arrivals,
    List<Event> events,
    int mtu,
    int headerBytes,
    boolean uplinkKnown,
    double uploadLimitShare,
    boolean realCrypto) {

  /**
   * The stream.
   *
   * @param chunkBytes longest payload of a chunk
   * @param keyFrameWeight how many times larger a key frame is than another
   * @param audioBitrate of the bit rate, what is sound, written ten times a second; only if it is
   *     at most a tenth
   * @param substreams how many trees
   * @param windowChunks how many chunks peers keep for others
   * @param flushEachFrame whether a chunk ends with its frame; otherwise the next frame fills it
   */
  public record Stream(
      double bitrate,
      int chunkBytes,
      double framesPerSecond,
      double keyFrameSeconds,
      double keyFrameWeight,
      double audioBitrate,
      int substreams,
      int windowChunks,
      boolean flushEachFrame) {}

  /** A class of uplinks, and the part of the viewers that have one. */
  public record Uplink(double share, double bps) {}

  /** One-way latency in milliseconds; jitter as a part of it. */
  public record Delay(double mean, double min, double jitter) {}

  /** Part of the packets lost, and how many in a row on average. */
  public record Loss(double rate, double burst) {}

  /** How long viewers stay. */
  public enum SessionKind {
    /** To the end. */
    FOREVER,
    /** Memoryless. */
    EXPONENTIAL,
    /** Heavy-tailed if the shape is below 1. */
    WEIBULL
  }

  /**
   * How long viewers stay. Whoever leaves is replaced by a newcomer at once.
   *
   * @param crashShare part of the departures that happen without a word
   */
  public record Sessions(SessionKind kind, double meanSeconds, double shape, double crashShare) {}

  /** More viewers, evenly over some time. */
  public record Arrival(double atSeconds, int count, double overSeconds) {}

  /** What can happen to the swarm. */
  public enum EventKind {
    /** A part of the viewers crashes at once. */
    KILL,
    /** A part of the viewers is cut off from the rest, where the source is. */
    PARTITION,
    /** The broadcaster crashes and comes back with a new epoch. */
    RESTART_BROADCASTER
  }

  /**
   * Something that happens to the swarm.
   *
   * @param share part of the viewers
   * @param seconds how long it lasts
   * @param symmetric whether a partition cuts both ways; if not, only what leaves the source's side
   */
  public record Event(
      double atSeconds, EventKind kind, double share, double seconds, boolean symmetric) {
    /** When the cause is over and recovery counts from. */
    public double overAtSeconds() {
      return kind == EventKind.KILL ? atSeconds : atSeconds + seconds;
    }
  }

  /** How long the run is. */
  public double totalSeconds() {
    return warmupSeconds + durationSeconds;
  }

  /** Media bytes per second. */
  public double mediaBytesPerSecond() {
    return stream.bitrate / 8;
  }
}
