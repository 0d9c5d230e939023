package dev.livestream.benchmarks.jmh;

import dev.livestream.engine.EngineConfig;
import dev.livestream.engine.Input;
import dev.livestream.engine.Output;
import dev.livestream.engine.SwarmEngine;
import dev.livestream.engine.Tuning;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An engine in the middle of a tree: the source pushes every substream to it, and it has 16
 * children in its home substream, behind an uplink of 1 Gbit/s. It takes everything for genuine, so
 * that what is timed is the engine alone.
 */
final class RelayScene {
  static final int CHILDREN = 16;

  /** This peer, its parent and its children. */
  static final int PEERS = CHILDREN + 2;

  private static final long TRAVEL = 40_000;
  private static final long SETTLING = 2_000_000;
  private static final long STEP = 20_000;
  private static final long UPLINK = 125_000_000;
  private static final long LATENCY = 1_000_000;
  private static final int CLAIMED_SLOTS = 4;

  private final SwarmEngine engine;
  private final PeerRecord parent;
  private final List<Output.SendChunk> sends = new ArrayList<>(CHILDREN);
  private int home = -1;
  private int parents;
  private int delivered;

  /**
   * Lets everybody say hello and find a place.
   *
   * @param records of {@link #PEERS} peers
   */
  RelayScene(Manifest manifest, List<PeerRecord> records) {
    PeerRecord own = records.get(0);
    parent = records.get(1);
    EngineConfig config =
        new EngineConfig(
            manifest.channel(),
            own.id(),
            Role.VIEWER,
            false,
            true,
            LATENCY,
            UPLINK,
            Tuning.DEFAULT);
    long now = SampleStream.START_MICROS - SETTLING;
    engine = new SwarmEngine(config, new BelievesAll(), new Random(4), now);
    engine.handle(new Input.LocalRecord(own), now);
    greet(manifest, parent, Role.SOURCE, now);
    engine.handle(new Input.Received(parent.id(), new Message.ManifestUpdate(manifest)), now);
    tellNothingHeld(manifest, parent, now);
    while (parents < SampleStream.SUBSTREAMS && now < SampleStream.START_MICROS) {
      now += STEP;
      engine.tick(now);
      grantPlaces(now);
    }
    for (PeerRecord child : records.subList(2, PEERS)) {
      greet(manifest, child, Role.VIEWER, now);
      tellNothingHeld(manifest, child, now);
      engine.handle(
          new Input.Received(child.id(), new Message.Attach(home, CLAIMED_SLOTS, true)), now);
      grantPlaces(now);
    }
  }

  private void greet(Manifest manifest, PeerRecord peer, Role role, long now) {
    engine.handle(new Input.Connected(peer.id(), peer.addresses().get(0), false), now);
    Message hello =
        new Message.Hello(
            WireLimits.VERSION, WireLimits.VERSION, manifest.channel(), peer, role, null);
    engine.handle(new Input.Received(peer.id(), hello), now);
  }

  private void tellNothingHeld(Manifest manifest, PeerRecord peer, long now) {
    Message nothing = new Message.Have(manifest.epoch(), 0, new byte[0], 0, -1, 0, 0, false);
    engine.handle(new Input.Received(peer.id(), nothing), now);
  }

  private void grantPlaces(long now) {
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      if (output instanceof Output.Send send && send.peer().equals(parent.id())) {
        for (Message message : send.messages()) {
          if (message instanceof Message.Attach ask) {
            grant(ask, now);
          }
        }
      }
    }
  }

  private void grant(Message.Attach ask, long now) {
    long[] path = {parent.id().shortId()};
    Message place = new Message.Attached(ask.substream(), path, List.of(), null);
    engine.handle(new Input.Received(parent.id(), place), now);
    parents++;
    home = ask.home() ? ask.substream() : home;
  }

  /** The substream that the children get. */
  int home() {
    return home;
  }

  /** How many children there are in it. */
  int children() {
    return engine.topology().substreams().get(home).children().size();
  }

  /** Chunks handed to the reader so far. */
  int delivered() {
    return delivered;
  }

  /**
   * Takes a chunk in, takes out what the engine wants done, and reports every transfer as sent.
   *
   * @return to how many children the chunk went
   */
  int relay(Chunk chunk) {
    long now = SampleStream.timestamp(chunk.sequence()) + TRAVEL;
    engine.handle(new Input.ReceivedChunk(parent.id(), chunk), now);
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      if (output instanceof Output.SendChunk send) {
        sends.add(send);
      } else if (output instanceof Output.Deliver) {
        delivered++;
      }
    }
    int count = sends.size();
    for (Output.SendChunk send : sends) {
      engine.handle(
          new Input.TransferEnded(send.peer(), send.transfer(), TransferOutcome.SENT), now);
    }
    sends.clear();
    return count;
  }
}
