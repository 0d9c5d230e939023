package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.measure.ViewerRecord;
import dev.livestream.benchmarks.swarm.strategy.PeerLogic;
import dev.livestream.benchmarks.swarm.strategy.SimPeer;

/**
 * A viewer of the run: who it is, what it does, what it got.
 *
 * @param peer who it is
 * @param logic what it does
 * @param record what it got
 */
record Participant(SimPeer peer, PeerLogic logic, ViewerRecord record) {}
