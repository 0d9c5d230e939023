package dev.livestream.transport.sim;

/** An event that stands for bytes between an uplink and whoever receives them. */
interface InFlight {
  /** Whether they are in this network. */
  boolean belongsTo(SimNetwork network);

  /** Adds them to an audit, by {@link ByteKind#index}. */
  void addInFlight(long[] byKind);
}
