/** Programs people run: the command line, and the two shortest programs that use the library. */
@NullMarked
package dev.livestream.examples;

import org.jspecify.annotations.NullMarked;
