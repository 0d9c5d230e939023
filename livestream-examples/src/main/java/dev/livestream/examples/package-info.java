/** Programs people run. */
@NullMarked
package dev.livestream.examples;

import org.jspecify.annotations.NullMarked;
