/** From runs of whole swarms to a page: what is run, whether the goals hold, tables and plots. */
@NullMarked
package dev.livestream.benchmarks.publish;

import org.jspecify.annotations.NullMarked;
