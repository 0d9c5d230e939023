/**
 * Ways to stream to a swarm, all in the same simulated network: the product's engine, and the
 * yardsticks it is held against.
 */
@NullMarked
package dev.livestream.benchmarks.swarm.strategy;

import org.jspecify.annotations.NullMarked;
