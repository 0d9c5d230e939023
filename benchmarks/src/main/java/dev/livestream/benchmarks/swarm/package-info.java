/** Swarm experiments with the real engine under virtual time. */
@NullMarked
package dev.livestream.benchmarks.swarm;

import org.jspecify.annotations.NullMarked;
