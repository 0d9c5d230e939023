package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.engine.Authenticator;
import java.util.concurrent.atomic.LongAdder;

/** The product: its engine, unchanged, at every peer. */
final class Hybrid implements Strategy {
  private final World world;
  private final SharedVerification shared;
  private final LongAdder honestBanned = new LongAdder();

  Hybrid(World world) {
    this.world = world;
    this.shared = new SharedVerification(world.channel());
  }

  @Override
  public String name() {
    return "hybrid";
  }

  @Override
  public PeerLogic source(SimPeer self) {
    return new EngineHost(world, self, authenticator(), this);
  }

  @Override
  public PeerLogic viewer(SimPeer self) {
    return new EngineHost(world, self, authenticator(), this);
  }

  private Authenticator authenticator() {
    return world.scenario().realCrypto()
        ? new FullVerification(world.channel(), shared)
        : shared.forOnePeer();
  }

  void banned() {
    honestBanned.increment();
  }

  @Override
  public long signatureChecks() {
    return shared.signatureChecks();
  }

  @Override
  public SecurityCounts security() {
    return new SecurityCounts(honestBanned.sum(), 0);
  }
}
