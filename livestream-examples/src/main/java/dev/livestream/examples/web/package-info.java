/** Serving verified media to players and browsers over HTTP on this machine. */
@NullMarked
package dev.livestream.examples.web;

import org.jspecify.annotations.NullMarked;
