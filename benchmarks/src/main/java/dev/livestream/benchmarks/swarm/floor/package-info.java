/** The least delay that a planner who knows everything could reach. */
@NullMarked
package dev.livestream.benchmarks.swarm.floor;

import org.jspecify.annotations.NullMarked;
