/** Benchmarks of the hot path. */
@NullMarked
package dev.livestream.benchmarks;

import org.jspecify.annotations.NullMarked;
