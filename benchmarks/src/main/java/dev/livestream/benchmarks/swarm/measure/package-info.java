/** What is measured in a run, and the report of it. */
@NullMarked
package dev.livestream.benchmarks.swarm.measure;

import org.jspecify.annotations.NullMarked;
