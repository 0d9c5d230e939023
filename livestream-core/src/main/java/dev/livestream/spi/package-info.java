/** What a plug-in implements; it knows value types only. */
@NullMarked
package dev.livestream.spi;

import org.jspecify.annotations.NullMarked;
