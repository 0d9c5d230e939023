/** Scenario files: what is simulated, checked field by field. */
@NullMarked
package dev.livestream.benchmarks.swarm.scenario;

import org.jspecify.annotations.NullMarked;
