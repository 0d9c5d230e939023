/** JMH benchmarks of the hot path, each beside its bare limit. */
@NullMarked
package dev.livestream.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
