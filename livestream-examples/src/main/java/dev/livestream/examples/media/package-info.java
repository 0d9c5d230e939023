/**
 * Media containers as far as a broadcaster must understand them: where pictures begin, and when.
 */
@NullMarked
package dev.livestream.examples.media;

import org.jspecify.annotations.NullMarked;
