/** The commands of the command line, and what they share. */
@NullMarked
package dev.livestream.examples.cli;

import org.jspecify.annotations.NullMarked;
