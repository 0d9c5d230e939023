/** Scenarios in real time: the product's public API over QUIC on this machine's loopback. */
@NullMarked
package dev.livestream.benchmarks.swarm.real;

import org.jspecify.annotations.NullMarked;
