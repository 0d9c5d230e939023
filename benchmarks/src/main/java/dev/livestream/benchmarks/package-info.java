/** Measurements: {@code jmh} of the hot path, {@code swarm} of whole swarms. */
@NullMarked
package dev.livestream.benchmarks;

import org.jspecify.annotations.NullMarked;
