/**
 * The demo: an encoder, a broadcaster and its viewers in one program, and a page that shows them.
 */
@NullMarked
package dev.livestream.examples.demo;

import org.jspecify.annotations.NullMarked;
