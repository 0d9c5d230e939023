package dev.livestream.transport.sim;

/**
 * How a simulated network behaves. Times in microseconds.
 *
 * @param seed decides latencies, jitter and loss
 * @param mtu bytes of a full packet, headers included
 * @param headerBytes of these, headers of IP, UDP and QUIC
 * @param meanDelay mean one-way latency over all ordered pairs of hosts
 * @param minDelay least one-way latency
 * @param jitter how far one transmission's latency may be off the pair's, as a part of it; 0 to 1
 * @param lossRate part of the packets that are lost; 0 to 0.9
 * @param lossBurst mean number of packets lost in a row; at least 1
 * @param connectTimeout after how long an unanswered connection attempt fails
 * @param keepAlive after how long without sending a connection is kept alive
 * @param idleTimeout after how long without hearing anything a connection counts as lost
 */
public record SimNetworkConfig(
    long seed,
    int mtu,
    int headerBytes,
    long meanDelay,
    long minDelay,
    double jitter,
    double lossRate,
    double lossBurst,
    long connectTimeout,
    long keepAlive,
    long idleTimeout) {

  /** One-way delays of 40 ms on average, packets of 1,200 bytes, no loss. */
  public static final SimNetworkConfig DEFAULT =
      new SimNetworkConfig(
          1, 1_200, 60, 40_000, 5_000, 0.1, 0, 1, 5_000_000, 3_500_000, 12_000_000);

  /** Validates the ranges. */
  public SimNetworkConfig {
    require(headerBytes >= 0 && mtu - headerBytes >= 64, "mtu must leave 64 bytes after headers");
    require(minDelay >= 0 && meanDelay >= minDelay, "meanDelay must not be below minDelay");
    require(jitter >= 0 && jitter <= 1, "jitter must be 0 to 1");
    require(lossRate >= 0 && lossRate <= 0.9, "lossRate must be 0 to 0.9");
    require(lossBurst >= 1, "lossBurst must be at least 1");
    require(connectTimeout > 0 && keepAlive > 0 && idleTimeout > 0, "time-outs must be positive");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /** The same with another seed. */
  public SimNetworkConfig withSeed(long newSeed) {
    return new SimNetworkConfig(
        newSeed,
        mtu,
        headerBytes,
        meanDelay,
        minDelay,
        jitter,
        lossRate,
        lossBurst,
        connectTimeout,
        keepAlive,
        idleTimeout);
  }

  /** The same with other latencies. */
  public SimNetworkConfig withDelay(long mean, long min, double newJitter) {
    return new SimNetworkConfig(
        seed,
        mtu,
        headerBytes,
        mean,
        min,
        newJitter,
        lossRate,
        lossBurst,
        connectTimeout,
        keepAlive,
        idleTimeout);
  }

  /** The same with another loss. */
  public SimNetworkConfig withLoss(double rate, double burst) {
    return new SimNetworkConfig(
        seed,
        mtu,
        headerBytes,
        meanDelay,
        minDelay,
        jitter,
        rate,
        burst,
        connectTimeout,
        keepAlive,
        idleTimeout);
  }

  /** The same with other packets. */
  public SimNetworkConfig withPackets(int newMtu, int newHeaderBytes) {
    return new SimNetworkConfig(
        seed,
        newMtu,
        newHeaderBytes,
        meanDelay,
        minDelay,
        jitter,
        lossRate,
        lossBurst,
        connectTimeout,
        keepAlive,
        idleTimeout);
  }

  /** The same with other time-outs. */
  public SimNetworkConfig withTimeouts(long newConnect, long newKeepAlive, long newIdle) {
    return new SimNetworkConfig(
        seed,
        mtu,
        headerBytes,
        meanDelay,
        minDelay,
        jitter,
        lossRate,
        lossBurst,
        newConnect,
        newKeepAlive,
        newIdle);
  }

  /** What anything needs at least from one host to another, all rounding included. */
  long leastLatency() {
    return (long) (minDelay * (1 - jitter)) - 2;
  }

  /** Bytes of content in a full packet. */
  int packetContent() {
    return mtu - headerBytes;
  }
}
